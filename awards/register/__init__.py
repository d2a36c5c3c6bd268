"""Loading an old register from a workbook: one command, all or nothing, and back again.

``reading`` opens the file, ``columns`` finds the cells by their headings and cleans each with the form's own field,
``models_sheet``, ``dialogues_sheet`` and ``awards_sheet`` check and write their rows, ``loading`` runs it in one
transaction, ``report`` says what came of it, ``undoing`` takes a batch out again.

Rules, where a register leaves a choice:

- A row belongs to the unit that bore its code, or its name, on the row's date: a model's start if that lies in its
  year, else 1 January of the year; a dialogue's date; a decision's date. With both, code and name must agree.
- "Duy trì" goes on with the model of the same unit and title from an earlier year: the one at the same place if there
  are several, then the latest. Where the register knows no earlier year, the model begins here and counts as
  maintained. "Mới" always begins a model.
- A row that stands twice in the file, or was loaded before, or whose content the portal already holds, is refused;
  a file that was loaded before is refused as a whole.
- A dialogue is published, summary only, with the totals given; totals left empty stay unknown.
- A decision holds all rows with the same number, date and granting unit. Golden-book numbers of the past are not
  known and stay empty.
"""
