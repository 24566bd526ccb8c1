namespace LiveDash.Core.Plots;

/// <summary>What many values become in a bucket, a bar or a cell.</summary>
public enum PlotAggregate
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>How many there are.</summary>
    Count,

    /// <summary>The least.</summary>
    Min,

    /// <summary>The greatest.</summary>
    Max,
}
