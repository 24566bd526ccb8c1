using System.Diagnostics.CodeAnalysis;

namespace LiveDash.Core.Query.Tree;

/// <summary>All functions: those of Prometheus 3 but for native histograms'. Stateless, so safe on any thread.</summary>
public static class FunctionSignatures
{
    private const ValueKind S = ValueKind.Scalar;
    private const ValueKind V = ValueKind.Vector;
    private const ValueKind M = ValueKind.Matrix;
    private const ValueKind T = ValueKind.String;

    private static readonly string[] s_ofVector =
    [
        "abs", "absent", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "deg", "exp", "floor", "ln", "log10", "log2", "rad", "sgn", "sin", "sinh", "sort", "sort_desc",
        "sqrt", "tan", "tanh", "timestamp",
    ];

    private static readonly string[] s_ofMatrix =
    [
        "absent_over_time", "avg_over_time", "changes", "count_over_time", "delta", "deriv", "idelta", "increase", "irate", "last_over_time", "max_over_time", "min_over_time", "present_over_time",
        "rate", "resets", "stddev_over_time", "stdvar_over_time", "sum_over_time",
    ];

    private static readonly string[] s_ofMoment = ["day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year"];

    private static readonly Dictionary<string, FunctionSignature> s_all = All().ToDictionary(static one => one.Name, StringComparer.Ordinal);

    /// <summary>Every function, by name.</summary>
    public static IReadOnlyCollection<FunctionSignature> Known => s_all.Values;

    /// <summary>Finds one; names count by case.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out FunctionSignature? function) => s_all.TryGetValue(name, out function);

    private static IEnumerable<FunctionSignature> All() =>
    [
        .. s_ofVector.Select(static name => new FunctionSignature(name, V, [V])),
        .. s_ofMatrix.Select(static name => new FunctionSignature(name, V, [M])),
        .. s_ofMoment.Select(static name => new FunctionSignature(name, V, [V], 1)),
        new("clamp", V, [V, S, S]),
        new("clamp_max", V, [V, S]),
        new("clamp_min", V, [V, S]),
        new("double_exponential_smoothing", V, [M, S, S], IsExperimental: true),
        new("histogram_quantile", V, [S, V]),
        new("label_join", V, [V, T, T, T], -1),
        new("label_replace", V, [V, T, T, T, T]),
        new("mad_over_time", V, [M], IsExperimental: true),
        new("pi", S, []),
        new("predict_linear", V, [M, S]),
        new("quantile_over_time", V, [S, M]),
        new("round", V, [V, S], 1),
        new("scalar", S, [V]),
        new("sort_by_label", V, [V, T], -1, true),
        new("sort_by_label_desc", V, [V, T], -1, true),
        new("time", S, []),
        new("vector", V, [S]),
    ];
}
