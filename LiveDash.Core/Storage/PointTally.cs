namespace LiveDash.Core.Storage;

/// <summary>What stored rows come to, in the order of their adding; one that stands for several points (<see cref="PointQuery.WithSummaries"/>) counts as all of them. Not thread-safe.</summary>
public sealed class PointTally
{
    /// <summary>How many points; the rest says something only where there is one.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum.</summary>
    public double Sum { get; private set; }

    /// <summary>The least; positive infinity for none.</summary>
    public double Least { get; private set; } = double.PositiveInfinity;

    /// <summary>The greatest; negative infinity for none.</summary>
    public double Greatest { get; private set; } = double.NegativeInfinity;

    /// <summary>The value of the first row, which is the last point of those it stands for; NaN for none.</summary>
    public double First { get; private set; } = double.NaN;

    /// <summary>The value of the last row; NaN for none.</summary>
    public double Last { get; private set; } = double.NaN;

    /// <summary>Their mean; NaN for none.</summary>
    public double Mean => Count == 0 ? double.NaN : Sum / Count;

    /// <summary>Adds a row of a block.</summary>
    public void Add(PointBlock block, int row)
    {
        var value = block.Values.Span[row];
        if (Count == 0) First = value;
        Last = value;
        var (count, sum, least, greatest) = block.Counts.IsEmpty ? (1, value, value, value) : ((long)block.Counts.Span[row], block.Sums.Span[row], block.Least.Span[row], block.Greatest.Span[row]);
        (Count, Sum, Least, Greatest) = (Count + count, Sum + sum, Math.Min(Least, least), Math.Max(Greatest, greatest));
    }
}
