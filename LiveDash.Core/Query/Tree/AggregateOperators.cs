namespace LiveDash.Core.Query.Tree;

/// <summary>What holds for aggregations. Stateless.</summary>
public static class AggregateOperators
{
    private static readonly Dictionary<string, AggregateOperator> s_names =
        Enum.GetValues<AggregateOperator>().ToDictionary(static op => op.Text(), StringComparer.OrdinalIgnoreCase);

    /// <summary>As PromQL spells it.</summary>
    public static string Text(this AggregateOperator op) => op switch
    {
        AggregateOperator.Sum => "sum",
        AggregateOperator.Avg => "avg",
        AggregateOperator.Min => "min",
        AggregateOperator.Max => "max",
        AggregateOperator.Count => "count",
        AggregateOperator.Group => "group",
        AggregateOperator.Stddev => "stddev",
        AggregateOperator.Stdvar => "stdvar",
        AggregateOperator.Topk => "topk",
        AggregateOperator.Bottomk => "bottomk",
        AggregateOperator.Quantile => "quantile",
        _ => "count_values",
    };

    /// <summary>Reads a name, in any case.</summary>
    public static bool TryFind(string text, out AggregateOperator op) => s_names.TryGetValue(text, out op);

    /// <summary>True where a parameter comes before the expression.</summary>
    public static bool HasParameter(this AggregateOperator op) => op >= AggregateOperator.Topk;

    /// <summary>True where series are chosen and keep their labels.</summary>
    public static bool Selects(this AggregateOperator op) => op is AggregateOperator.Topk or AggregateOperator.Bottomk;
}
