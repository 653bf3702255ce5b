"""Writes Engine.Tests/Golden/fidelity.json: small tables and every fidelity measure of them, computed again from its formula.

Versions: Python 3.11, NumPy 1.24.2, SciPy 1.10.1, scikit-learn 1.2.1, those of Debian 12 (python3-numpy python3-scipy python3-sklearn). From the folder of the checkout:

  python3 data-fixtures/fidelity_reference.py > Engine.Tests/Golden/fidelity.json

Nothing of the engine is called. Its draws are functions of (seed, stream, index), Philox4x32-10 of Salmon et al. 2011, which is written out here, so that folds, conditions and samples are the same;
all distances are taken among all pairs in float64, over encoded rows that are rounded to float32 as the engine holds them.
"""
import json
import math

import numpy as np
import scipy
import sklearn
from scipy.spatial.distance import cdist
from scipy.stats import gaussian_kde, ks_2samp, norm
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier

SEED = 20241130
MASK = 0xFFFFFFFF
STREAMS = {name: 0x464944450001 + place for place, name in enumerate(
    ["real_folds", "synthetic_folds", "predicates", "baseline_predicates", "compared_rows"])}
COLUMNS = [
    ("age", "Integer", []), ("bmi", "Continuous", []), ("sbp", "Continuous", []), ("dbp", "Continuous", []), ("sex", "Binary", []), ("smoker", "Binary", []),
    ("race", "Category", ["White", "Black", "Asian", "Hispanic"]), ("grade", "Category", ["low", "middle", "high"]), ("visits", "Integer", []), ("died", "Binary", [])]
NUMBERS = [place for place, column in enumerate(COLUMNS) if column[1] in ("Integer", "Continuous")]
CATEGORIES = [place for place, column in enumerate(COLUMNS) if column[1] == "Category"]


# Draws.

def philox(index, stream):
    counter = [index & MASK, index >> 32, stream & MASK, stream >> 32]
    key = [SEED & MASK, SEED >> 32]
    for _ in range(10):
        first, second = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = [(second >> 32) ^ counter[1] ^ key[0], second & MASK, (first >> 32) ^ counter[3] ^ key[1], first & MASK]
        key = [(key[0] + 0x9E3779B9) & MASK, (key[1] + 0xBB67AE85) & MASK]
    return counter


def word(stream, index):
    words = philox(index >> 1, STREAMS[stream])
    return (words[1] << 32) | words[0] if index % 2 == 0 else (words[3] << 32) | words[2]


def below(stream, index, bound):
    return word(stream, index) * bound >> 64


def order(count, stream):
    return sorted(range(count), key=lambda row: (word(stream, row), row))


# Tables.

def make_rows(generator, count, shift):
    age = np.clip(np.round(generator.normal(55 + shift, 15, count)), 18, 95)
    bmi = generator.normal(27, 4, count) + 0.03 * age
    sbp = generator.normal(110, 12, count) + 0.4 * age
    dbp = 30 + 0.35 * sbp + generator.normal(0, 6 + 2 * shift, count)
    sex = generator.random(count) < 0.5
    smoker = generator.random(count) < 0.25 + 0.05 * shift
    race = generator.choice(4, count, p=[0.55, 0.2, 0.1, 0.15])
    grade = np.clip(np.round((sbp - 120) / 15 + generator.normal(0, 0.7, count)), 0, 2)
    died = generator.random(count) < 1 / (1 + np.exp(4 - 0.04 * age))
    rows = np.column_stack([age, bmi, sbp, dbp, sex, smoker, race, grade, np.full(count, 3), died]).astype(np.float32)
    for column, share in ((1, 0.1), (5, 0.05), (7, 0.08)):
        rows[generator.random(count) < share, column] = np.nan
    return rows


def make_tables():
    generator = np.random.RandomState(18)
    real, holdout, reference = make_rows(generator, 240, 0), make_rows(generator, 130, 0), make_rows(generator, 110, 0)
    synthetic = make_rows(generator, 170, 3)
    synthetic[:6] = real[[3, 17, 40, 41, 90, 200]]
    synthetic[20:26] = synthetic[30:36]
    # Near copies: within a thirtieth of the range, and barely beyond.
    synthetic[40:50] = real[100:110]
    synthetic[40:50, 2] += np.linspace(0.1, 6, 10).astype(np.float32)
    return real, synthetic, holdout, reference


def clean(value):
    if isinstance(value, dict):
        return {name: clean(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [clean(one) for one in value]
    if isinstance(value, (bool, np.bool_, str)) or value is None:
        return bool(value) if isinstance(value, np.bool_) else value
    if isinstance(value, (int, np.integer)):
        return int(value)
    # The shortest digits that give the same float32, or float64.
    return "NaN" if math.isnan(value) else float(str(value))


# Columns and pairs of columns.

def column_measures(real, synthetic):
    measures = []
    for place, (name, kind, levels) in enumerate(COLUMNS):
        r, s = real[:, place].astype(float), synthetic[:, place].astype(float)
        missing = 1 - abs(np.isnan(r).mean() - np.isnan(s).mean())
        present, made = r[~np.isnan(r)], s[~np.isnan(s)]
        one = {"name": name, "missing_value_similarity": missing}
        if kind in ("Integer", "Continuous"):
            one["ks_complement"] = 1 - ks_2samp(present, made).statistic
            low, high = present.min(), present.max()
            one["range_coverage"] = None if low == high else max(0, 1 - (max((made.min() - low) / (high - low), 0) + max((high - made.max()) / (high - low), 0)))
            within = ((made >= low) & (made <= high)).sum() + (np.isnan(s).sum() if np.isnan(r).any() else 0)
            one["boundary_adherence"] = within / len(s)
        else:
            kinds = range(max(len(levels), 2))
            one["tv_complement"] = 1 - sum(abs((present == level).mean() - (made == level).mean()) for level in kinds) / 2
            real_levels = [level for level in kinds if (present == level).any()]
            one["category_coverage"] = sum((made == level).any() for level in real_levels) / len(real_levels)
        measures.append(one)
    return measures


def correlations(rows, columns):
    matrix = np.full((len(columns), len(columns)), np.nan)
    for i, first in enumerate(columns):
        for j, second in enumerate(columns):
            x, y = rows[:, first].astype(float), rows[:, second].astype(float)
            both = ~np.isnan(x) & ~np.isnan(y)
            if both.sum() > 1 and np.ptp(x[both]) > 0 and np.ptp(y[both]) > 0:
                matrix[i, j] = 1 if i == j else np.corrcoef(x[both], y[both])[0, 1]
    return matrix


def correlation_measures(real, synthetic):
    columns = [place for place in range(len(COLUMNS)) if place not in CATEGORIES]
    r, s = correlations(real, columns), correlations(synthetic, columns)
    lower = np.tril_indices(len(columns), -1)
    difference = np.abs(r - s)[lower]
    difference = difference[~np.isnan(difference)]
    return {"columns": [COLUMNS[place][0] for place in columns], "real": r, "synthetic": s, "mean_absolute_difference": difference.mean(),
            "frobenius": np.linalg.norm(np.nan_to_num(r - s)), "similarity": (1 - difference / 2).mean()}


def contingency_measures(real, synthetic):
    def levels(rows, place):
        values = rows[:, place].astype(float)
        if place in NUMBERS:
            low, high = np.nanmin(real[:, place].astype(float)), np.nanmax(real[:, place].astype(float))
            values = np.clip(np.floor((values - low) / (high - low) * 10), 0, 9) if high > low else values * 0
        return np.where(np.isnan(values), -1, values)

    pairs = []
    for first in range(len(COLUMNS)):
        for second in range(first + 1, len(COLUMNS)):
            if first in NUMBERS and second in NUMBERS:
                continue
            shares = []
            for rows in (real, synthetic):
                cells, counts = np.unique(np.column_stack([levels(rows, first), levels(rows, second)]), axis=0, return_counts=True)
                shares.append({tuple(cell): count / len(rows) for cell, count in zip(cells, counts)})
            distance = sum(abs(shares[0].get(cell, 0) - shares[1].get(cell, 0)) for cell in shares[0].keys() | shares[1].keys())
            pairs.append({"first": COLUMNS[first][0], "second": COLUMNS[second][0], "similarity": 1 - distance / 2})
    return {"pairs": pairs, "similarity": np.mean([pair["similarity"] for pair in pairs])}


def joint_density(real, synthetic, first, second, count=12):
    def both(rows):
        x, y = rows[:, first].astype(float), rows[:, second].astype(float)
        return np.vstack([x, y])[:, ~np.isnan(x) & ~np.isnan(y)]

    r, s = both(real), both(synthetic)
    grids = [np.linspace(min(r[axis].min(), s[axis].min()), max(r[axis].max(), s[axis].max()), count) for axis in range(2)]
    points = np.array(np.meshgrid(*grids, indexing="ij")).reshape(2, -1)
    return {"first": COLUMNS[first][0], "second": COLUMNS[second][0], "grid": count, "first_grid": grids[0], "second_grid": grids[1],
            "real": gaussian_kde(r)(points), "synthetic": gaussian_kde(s)(points)}


# Encoded rows.

def encode(rows, real, has_missing):
    parts = []
    for place, (_, kind, levels) in enumerate(COLUMNS):
        values, present = rows[:, place].astype(float), real[:, place].astype(float)
        present = present[~np.isnan(present)]
        mean = math.fsum(present) / len(present)
        missing = np.isnan(values)
        if kind == "Category":
            parts += [np.where(values == level, 0.5, 0) for level in range(len(levels))]
        elif kind == "Binary":
            parts.append(np.where(missing, mean, values))
        else:
            deviation = math.sqrt(math.fsum((present - mean) ** 2) / len(present)) or 1
            parts.append(np.where(missing, 0, (values - mean) / deviation))
        if has_missing[place]:
            parts.append(missing)
    return np.column_stack(parts).astype(np.float32).astype(float)


def summary(distances):
    quantiles = np.quantile(distances, [0.05, 0.25, 0.5, 0.75, 0.95])
    return {"count": len(distances), "zero_count": int((distances == 0).sum()), "mean": distances.mean(), "minimum": distances.min(), "quantile05": quantiles[0],
            "lower_quartile": quantiles[1], "median": quantiles[2], "upper_quartile": quantiles[3], "quantile95": quantiles[4], "maximum": distances.max()}


def among_others(rows, metric):
    distances = cdist(rows, rows, metric)
    np.fill_diagonal(distances, np.inf)
    return distances


def wilson(successes, trials, confidence=0.95):
    z = norm.ppf((1 + confidence) / 2)
    rate = (successes + z * z / 2) / (trials + z * z)
    reach = z / (trials + z * z) * math.sqrt(successes * (trials - successes) / trials + z * z / 4)
    return {"trials": int(trials), "successes": int(successes), "rate": rate, "lower": max(rate - reach, 0), "upper": min(rate + reach, 1)}


def closest_records(synthetic, training, holdout):
    def two(distances):
        distances = np.sort(distances, axis=1)[:, :2]
        return distances[:, 0], np.mean([1 if far == 0 else near / far for near, far in distances])

    made, ratio = two(cdist(synthetic, training, "cityblock"))
    base, base_ratio = two(among_others(training, "cityblock") if holdout is None else cdist(holdout, training, "cityblock"))
    measures = {"synthetic": summary(made), "baseline": summary(base), "median_ratio": np.median(made) / np.median(base),
                "closer_share": (made < np.quantile(base, 0.05)).mean(), "nearest_distance_ratio": ratio, "baseline_distance_ratio": base_ratio}
    if holdout is not None:
        held = cdist(synthetic, holdout, "cityblock").min(axis=1)
        measures |= {"nearer_to_training": wilson((made < held).sum(), len(made)), "equally_near": int((made == held).sum()),
                     "expected_share": len(training) / (len(training) + len(holdout))}
    return measures


def group_distances(synthetic, real, races):
    return [{"group": name, "synthetic": summary(cdist(synthetic, real[races == level], "cityblock").min(axis=1)),
             "real": summary(among_others(real[races == level], "cityblock").min(axis=1))} for level, name in enumerate(COLUMNS[6][2])]


def matches(real, synthetic, tolerance):
    def count(queries, reference, tolerance):
        reach = tolerance * np.array([np.ptp(real[:, place][~np.isnan(real[:, place])].astype(float)) if place in NUMBERS else 0 for place in range(len(COLUMNS))])
        found = 0
        for row in queries.astype(float):
            near = (np.abs(reference.astype(float) - row) <= reach) | (np.isnan(reference) & np.isnan(row))
            found += near.all(axis=1).any()
        return found

    repeated = len(synthetic) - len(np.unique(np.nan_to_num(synthetic, nan=-1e9), axis=0))
    return {"identical": wilson(count(synthetic, real, 0), len(synthetic)), "nearly_identical": wilson(count(synthetic, real, tolerance), len(synthetic)),
            "hit_rate": wilson(count(real, synthetic, tolerance), len(real)), "repeated": wilson(repeated, len(synthetic))}


def detection(real, synthetic, fold_count=3):
    rows = np.vstack([real, synthetic])
    labels = np.repeat([0, 1], [len(real), len(synthetic)])
    folds = np.empty(len(rows), int)
    for start, count, stream in ((0, len(real), "real_folds"), (len(real), len(synthetic), "synthetic_folds")):
        for place, row in enumerate(order(count, stream)):
            folds[start + row] = place % fold_count
    aurocs = []
    for fold in range(fold_count):
        fit = LogisticRegression(C=1, solver="newton-cg", tol=1e-9, max_iter=1000).fit(rows[folds != fold], labels[folds != fold])
        aurocs.append(roc_auc_score(labels[folds == fold], fit.decision_function(rows[folds == fold])))
    return {"fold_aurocs": aurocs, "auroc": np.mean(aurocs), "score": 1 - np.mean([max(auroc, 0.5) * 2 - 1 for auroc in aurocs])} | propensity(rows, labels)


def propensity(rows, labels):
    design = np.column_stack([np.ones(len(rows)), rows])
    # Newton's method on an orthonormal basis of the columns, which columns that are combinations of others do not change.
    basis, scales, _ = np.linalg.svd(design, full_matrices=False)
    basis = basis[:, scales > 1e-9 * scales[0]]
    coefficients = np.zeros(basis.shape[1])
    for _ in range(100):
        probabilities = 1 / (1 + np.exp(-basis @ coefficients))
        step = np.linalg.solve(basis.T @ (basis * (probabilities * (1 - probabilities))[:, None]), basis.T @ (labels - probabilities))
        coefficients += step
        if np.abs(step).max() < 1e-13 * max(1, np.abs(coefficients).max()):
            break
    share, free = labels.mean(), basis.shape[1] - 1
    pmse = np.mean((probabilities - share) ** 2)
    unit = (1 - share) ** 2 * share / len(labels)
    return {"pmse": pmse, "expected_pmse": free * unit, "pmse_ratio": pmse / (free * unit), "standardized_pmse": (pmse - free * unit) / (math.sqrt(2 * free) * unit)}


def support_curves(real, synthetic):
    alphas = np.linspace(0, 1, 30)
    center, made_center = real.mean(axis=0), synthetic.mean(axis=0)
    radii = np.quantile(np.linalg.norm(real - center, axis=1), alphas)
    from_center = np.linalg.norm(synthetic - center, axis=1)
    precision = [(from_center <= radius).mean() for radius in radii]
    to_real = among_others(real, "euclidean").min(axis=1)
    to_synthetic = cdist(real, synthetic)
    nearest = to_synthetic.argmin(axis=1)
    of_nearest = np.linalg.norm(synthetic - made_center, axis=1)[nearest]
    recall = [((to_synthetic.min(axis=1) <= to_real) & (of_nearest <= radius)).mean() for radius in np.quantile(of_nearest, alphas)]
    return {"precision": precision, "recall": recall, "precision_score": 1 - 2 * np.abs(alphas - precision).sum() * alphas[1],
            "recall_score": 1 - 2 * np.abs(alphas - recall).sum() * alphas[1]}


# Singling out.

def distinct(rows):
    seen, kept = set(), []
    for row in rows:
        key = tuple("missing" if math.isnan(value) else float(value) for value in row)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return np.array(kept)


COMPARISONS = {
    "missing": lambda values, value: np.isnan(values), "present": lambda values, value: ~np.isnan(values), "==": lambda values, value: values == value,
    "!=": lambda values, value: values != value, "<": lambda values, value: values < value, "<=": lambda values, value: values <= value,
    ">": lambda values, value: values > value, ">=": lambda values, value: values >= value}


def met(rows, conditions):
    return np.logical_and.reduce([COMPARISONS[comparison](rows[:, column], value) for column, comparison, value in conditions]).sum()


def draw_columns(stream, index, count):
    left = list(range(len(COLUMNS)))
    for place in range(count):
        other = place + below(stream, index + place, len(left) - place)
        left[place], left[other] = left[other], left[place]
    return left[:count]


def accept(rows, attempts, count):
    found, seen = [], set()
    for conditions in attempts:
        if len(found) == count:
            break
        if met(rows, conditions) == 1 and frozenset(conditions) not in seen:
            seen.add(frozenset(conditions))
            found.append(conditions)
    return found


def univariate(rows, count):
    candidates = []
    for column in range(len(COLUMNS)):
        values = rows[:, column]
        present = np.sort(values[~np.isnan(values)])
        if np.isnan(values).sum() == 1:
            candidates.append((column, "missing", 0.0))
        if column in NUMBERS:
            candidates += [(column, "<=", float(present[0])), (column, ">=", float(present[-1]))]
        unique, counts = np.unique(present, return_counts=True)
        candidates += [(column, "==", float(value)) for value in unique[counts == 1]]
    return accept(rows, [(candidates[place],) for place in order(len(candidates), "predicates")], count)


def multivariate(rows, column_count, count):
    medians = [np.median(values[~np.isnan(values)].astype(float)) for values in rows.T]

    def attempts():
        for attempt in range(100 * count):
            row = rows[below("predicates", 64 * attempt, len(rows))]
            conditions = []
            for column in draw_columns("predicates", 64 * attempt + 1, column_count):
                value = float(row[column])
                if math.isnan(value):
                    conditions.append((column, "missing", 0.0))
                elif column in NUMBERS:
                    conditions.append((column, ">=" if value > medians[column] else "<=", value))
                else:
                    conditions.append((column, "==", value))
            yield tuple(conditions)

    return accept(rows, attempts(), count)


def random_conditions(rows, column_count, count):
    unique = [list(np.unique(values[~np.isnan(values)])) + ([math.nan] if np.isnan(values).any() else []) for values in rows.T]
    drawn = []
    for attempt in range(count):
        conditions = []
        for place, column in enumerate(draw_columns("baseline_predicates", 64 * attempt, column_count)):
            index = 64 * attempt + 16 + 2 * place
            value = float(unique[column][below("baseline_predicates", index, len(unique[column]))])
            choices = ["missing", "present"] if math.isnan(value) else ["==", "!=", ">", "<", ">=", "<="] if column in NUMBERS else ["==", "!="]
            conditions.append((column, choices[below("baseline_predicates", index + 1, len(choices))], value))
        drawn.append(tuple(conditions))
    return drawn


def singling_out(training, synthetic, holdout, column_count, count):
    made, real, control = distinct(synthetic), distinct(training), distinct(holdout)
    conditions = univariate(made, count) if column_count == 1 else multivariate(made, column_count, count)
    random = random_conditions(made, column_count, count)
    rows = min(len(real), len(control))

    def rate(conditions, table):
        return wilson(sum(met(table, one) == 1 for one in conditions), len(conditions))

    def drawn(table):
        return table if rows == len(table) else table[sorted(order(len(table), "compared_rows")[:rows])]

    attack, chance = rate(conditions, drawn(real)), rate(conditions, drawn(control))
    risk = (attack["rate"] - chance["rate"]) / (1 - chance["rate"])

    def reach(rate):
        z = norm.ppf(0.975)
        return z / (rate["trials"] + z * z) * math.sqrt(rate["successes"] * (rate["trials"] - rate["successes"]) / rate["trials"] + z * z / 4)

    error = math.hypot(reach(attack) / (1 - chance["rate"]), reach(chance) * (attack["rate"] - 1) / (1 - chance["rate"]) ** 2)
    return {"columns": column_count, "asked": count, "attack": rate(conditions, real), "baseline": rate(random, real), "compared_attack": attack, "control": chance,
            "compared_rows": rows, "residual": [min(max(value, 0), 1) for value in (risk, risk - error, risk + error)]}


# Membership.

def attack(members, others, synthetic, reference, k):
    def last(table):
        return np.sort(cdist(np.vstack([members, others]), table), axis=1)[:, k - 1]

    with np.errstate(divide="ignore", invalid="ignore"):
        to_synthetic, to_reference = last(synthetic), last(reference)
        scores = np.where(to_synthetic == to_reference, 0, np.log(to_reference) - np.log(to_synthetic))
    x, y = scores[:len(members)], scores[len(members):]
    wins = (x[:, None] > y) + 0.5 * (x[:, None] == y)
    area = wins.mean()
    error = math.sqrt(wins.mean(axis=1).var(ddof=1) / len(x) + wins.mean(axis=0).var(ddof=1) / len(y))
    z = norm.ppf(0.975)
    return {"k": k, "auroc": area, "standard_error": error, "lower": max(area - z * error, 0), "upper": min(area + z * error, 1)}


def forest_measures():
    generator = np.random.RandomState(5)
    x = generator.normal(size=(900, 8)).astype(np.float32)
    x[:, 6:] = np.round(x[:, 6:])
    y = (generator.random(900) < 1 / (1 + np.exp(-(1.5 * x[:, 0] - x[:, 1] * x[:, 2] + (x[:, 6] > 0))))).astype(int)
    train, test = slice(0, 600), slice(600, 900)
    # Of equally good splits scikit-learn takes any: the tree must be the same whichever columns it looks at first.
    def tree(depth, fewest, columns):
        trees = [DecisionTreeClassifier(max_depth=depth, min_samples_leaf=fewest, random_state=seed).fit(x[train, :columns], y[train]) for seed in range(20)]
        probabilities = [one.predict_proba(x[test, :columns])[:, 1] for one in trees]
        assert all((one == probabilities[0]).all() for one in probabilities)
        return {"depth": depth, "columns": columns, "fewest": fewest, "probabilities": probabilities[0]}

    forests = [RandomForestClassifier(100, random_state=seed).fit(x[train], y[train]).predict_proba(x[test])[:, 1] for seed in range(20)]
    aurocs = [roc_auc_score(y[test], forest) for forest in forests]
    return {"samples": x, "labels": y, "train_count": 600, "tree": tree(4, 10, 6), "leaf_tree": tree(5, 50, 8),
            "forest": {"auroc_mean": np.mean(aurocs), "auroc_deviation": np.std(aurocs, ddof=1), "probability_means": np.mean(forests, axis=0),
                       "probability_deviations": np.std(forests, axis=0, ddof=1)}}


def density(values, count=51):
    grid = np.linspace(0, 1, count)
    return {"values": values, "grid": grid, "density": gaussian_kde(values)(grid)}


def main():
    real, synthetic, holdout, reference = make_tables()
    has_missing = np.isnan(np.vstack([real, synthetic, holdout, reference])).any(axis=0)
    r, s, h, p = (encode(rows, real, has_missing) for rows in (real, synthetic, holdout, reference))
    document = {
        "source": f"data-fixtures/fidelity_reference.py; NumPy {np.__version__}, SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}; agreement is asked for within 1e-9",
        "seed": SEED, "columns": [{"name": name, "kind": kind, "levels": levels} for name, kind, levels in COLUMNS],
        "real": real, "synthetic": synthetic, "holdout": holdout, "reference": reference,
        "column_measures": column_measures(real, synthetic), "correlations": correlation_measures(real, synthetic), "contingency": contingency_measures(real, synthetic),
        "joint_density": joint_density(real, synthetic, 3, 2), "joint_density_with_missing": joint_density(real, synthetic, 1, 0),
        "density": density(np.random.RandomState(3).beta(2, 5, 400)),
        "encoded": {"real": r, "synthetic": s[:20]},
        "closest_records": closest_records(s, r, None), "closest_records_with_holdout": closest_records(s, r, h),
        "groups": group_distances(s, r, real[:, 6]), "matches": matches(real, synthetic, 1 / 30), "detection": detection(r, s), "support": support_curves(r, s),
        "singling_out": [singling_out(real, synthetic, holdout, columns, count) for columns, count in ((1, 60), (3, 200), (2, 5000))],
        "attacks": [attack(r, h, s, p, k) for k in (1, 4)], "forest": forest_measures()}
    print(json.dumps(clean(document)))


if __name__ == "__main__":
    main()
