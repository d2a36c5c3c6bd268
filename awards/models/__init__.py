"""The records of awards: what may be granted, who is nominated, what was decided, who received it, what was loaded."""

from awards.models.award import Award, NumberBook
from awards.models.catalogue import AwardForm
from awards.models.certificate import CertificateFile, CertificateTemplate, Handover
from awards.models.decision import Decision, DecisionStep
from awards.models.dossier import DossierFile
from awards.models.nomination import (
    Acknowledgement,
    Examination,
    ExaminationItem,
    Nomination,
    NominationStep,
)
from awards.models.recipient import Recipient, RecipientMerge
from awards.models.register import RegisterBatch, RegisterRow

__all__ = [
    "Acknowledgement",
    "Award",
    "AwardForm",
    "CertificateFile",
    "CertificateTemplate",
    "Decision",
    "DecisionStep",
    "DossierFile",
    "Examination",
    "ExaminationItem",
    "Handover",
    "Nomination",
    "NominationStep",
    "NumberBook",
    "Recipient",
    "RecipientMerge",
    "RegisterBatch",
    "RegisterRow",
]
