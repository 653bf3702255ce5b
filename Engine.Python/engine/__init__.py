"""The engine from Python: exact neighbors, resampling, logistic regression, networks and metrics of subgroups, on the caller's arrays.

float32 arrays in C order are read in place; everything else is converted once, with a :class:`DataConversionWarning`.
Results are the engine's bits: the same for any number of threads and on every machine.
"""

from .exceptions import ConvergenceWarning, DataConversionWarning, EngineError, NotFittedError
from .logistic import FirthProfiles, LogisticRegression, RobustErrors
from .metrics import subgroup_metrics
from .neighbors import ClosestRows, NearestNeighbors, nearest_real_sample
from .networks import LSTMClassifier, MLPClassifier
from .prioritized import PrioritizedSearch, UnitScore, double_prioritized_search
from .sampling import (
    ADASYN,
    SMOTE,
    SMOTEENN,
    BorderlineSMOTE,
    DistantUnderSampler,
    EditedNearestNeighbours,
    GammaSampler,
    NearMiss,
    RandomOverSampler,
    RandomUnderSampler,
    SMOTETomek,
    TomekLinks,
)

__all__ = [
    "ADASYN",
    "SMOTE",
    "SMOTEENN",
    "BorderlineSMOTE",
    "ClosestRows",
    "ConvergenceWarning",
    "DataConversionWarning",
    "DistantUnderSampler",
    "EditedNearestNeighbours",
    "EngineError",
    "FirthProfiles",
    "GammaSampler",
    "LSTMClassifier",
    "LogisticRegression",
    "MLPClassifier",
    "NearMiss",
    "NearestNeighbors",
    "NotFittedError",
    "PrioritizedSearch",
    "RandomOverSampler",
    "RandomUnderSampler",
    "RobustErrors",
    "SMOTETomek",
    "TomekLinks",
    "UnitScore",
    "double_prioritized_search",
    "nearest_real_sample",
    "subgroup_metrics",
]
