"""The data of ``make demo``: real units and register totals, made-up people and works; the same at every start."""
