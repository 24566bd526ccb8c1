namespace LiveDash.Core.Live;

/// <summary>What a panel's section of a frame holds; js/frames.js knows the same numbers.</summary>
public enum FrameKind
{
    /// <summary>One value with its texts and sparkline.</summary>
    Stat = 1,

    /// <summary>Lines of columns.</summary>
    Chart = 2,

    /// <summary>Located points.</summary>
    Located = 3,

    /// <summary>Rows of a table of series.</summary>
    Rows = 4,

    /// <summary>Lines of columns whose values are states, with their words.</summary>
    States = 5,
}
