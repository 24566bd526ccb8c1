namespace LiveDash.Core.Accounts.Snapshots;

/// <summary>One panel of a snapshot. Immutable.</summary>
public sealed record SnapshotPanel
{
    /// <summary>What stands over it.</summary>
    public string Title { get; init; } = "";

    /// <summary>True for a heading across the whole width.</summary>
    public bool IsSection { get; init; }

    /// <summary>Its first column of 12.</summary>
    public int X { get; init; }

    /// <summary>Its first row.</summary>
    public int Y { get; init; }

    /// <summary>How many columns wide.</summary>
    public int W { get; init; }

    /// <summary>How many rows high.</summary>
    public int H { get; init; }

    /// <summary>True where there is a picture of it (<see cref="SnapshotBook.PictureAsync"/>).</summary>
    public bool HasPicture { get; init; }

    /// <summary>What its figures measure, in the words of the panel; null for what the series' names say.</summary>
    public string? Unit { get; init; }

    /// <summary>How many places its figures have; null for about three digits in all.</summary>
    public int? Decimals { get; init; }

    /// <summary>Its figures, where it shows figures.</summary>
    public IReadOnlyList<SnapshotFigure> Figures { get; init; } = [];

    /// <summary>The states that it shows over time, a strip a series.</summary>
    public IReadOnlyList<SnapshotStrip> Strips { get; init; } = [];

    /// <summary>What it expected, below its picture; null where it is no forecast.</summary>
    public SnapshotForecast? Forecast { get; init; }

    /// <summary>Why it shows nothing; null where it does.</summary>
    public string? Note { get; init; }
}
