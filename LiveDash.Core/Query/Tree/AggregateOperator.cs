namespace LiveDash.Core.Query.Tree;

/// <summary>Aggregations over series.</summary>
public enum AggregateOperator
{
    /// <summary>The sum.</summary>
    Sum,

    /// <summary>The mean.</summary>
    Avg,

    /// <summary>The least.</summary>
    Min,

    /// <summary>The greatest.</summary>
    Max,

    /// <summary>How many.</summary>
    Count,

    /// <summary>1 for each group.</summary>
    Group,

    /// <summary>The population's standard deviation.</summary>
    Stddev,

    /// <summary>The population's variance.</summary>
    Stdvar,

    /// <summary>The k series with the greatest values.</summary>
    Topk,

    /// <summary>The k series with the least values.</summary>
    Bottomk,

    /// <summary>A quantile, interpolated.</summary>
    Quantile,

    /// <summary>How many series have each value.</summary>
    CountValues,
}
