"""``make bench``: the portal beside the other side of each ratio, on data of the real size."""
