namespace LiveDash.Core.Storage.Blocks;

/// <summary>What rows say that stand for several points, in columns beside their times and values. Used by whoever owns the rows.</summary>
internal sealed class SummaryColumns(int capacity)
{
    private double[] _min = new double[capacity];
    private double[] _max = new double[capacity];
    private double[] _sum = new double[capacity];
    private double[] _count = new double[capacity];

    /// <summary>How many rows fit.</summary>
    public int Capacity => _min.Length;

    /// <summary>The least of the values.</summary>
    public double[] Min => _min;

    /// <summary>The greatest.</summary>
    public double[] Max => _max;

    /// <summary>Their sum.</summary>
    public double[] Sum => _sum;

    /// <summary>How many there were; a whole number.</summary>
    public double[] Count => _count;

    /// <summary>Makes room.</summary>
    public void Resize(int capacity)
    {
        Array.Resize(ref _min, capacity);
        Array.Resize(ref _max, capacity);
        Array.Resize(ref _sum, capacity);
        Array.Resize(ref _count, capacity);
    }

    /// <summary>Sets a row.</summary>
    public void Set(int at, double min, double max, double sum, double count) => (_min[at], _max[at], _sum[at], _count[at]) = (min, max, sum, count);

    /// <summary>Rows that stand for one point each.</summary>
    public void Fill(ReadOnlySpan<double> values, int at)
    {
        values.CopyTo(_min.AsSpan(at));
        values.CopyTo(_max.AsSpan(at));
        values.CopyTo(_sum.AsSpan(at));
        _count.AsSpan(at, values.Length).Fill(1);
    }

    /// <summary>Copies rows.</summary>
    public void Take(SummaryColumns from, int start, int at, int count)
    {
        Array.Copy(from._min, start, _min, at, count);
        Array.Copy(from._max, start, _max, at, count);
        Array.Copy(from._sum, start, _sum, at, count);
        Array.Copy(from._count, start, _count, at, count);
    }

    /// <summary>Copies rows in the order of their places.</summary>
    public void Take(SummaryColumns from, ReadOnlySpan<int> places, int at)
    {
        foreach (var place in places) Set(at++, from._min[place], from._max[place], from._sum[place], from._count[place]);
    }

    /// <summary>Moves a row to another place.</summary>
    public void Move(int from, int to) => Set(to, _min[from], _max[from], _sum[from], _count[from]);

    /// <summary>Turns the order of some rows round.</summary>
    public void Reverse(int at, int count)
    {
        Array.Reverse(_min, at, count);
        Array.Reverse(_max, at, count);
        Array.Reverse(_sum, at, count);
        Array.Reverse(_count, at, count);
    }

    /// <summary>Writes some rows.</summary>
    public void Encode(int at, int count, BlobWriter writer)
    {
        foreach (var column in (ReadOnlySpan<double[]>)[_min, _max, _sum, _count]) PackedDoubles.Encode(column.AsSpan(at, count), writer);
    }

    /// <summary>Reads rows.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public void Decode(ref BlobReader reader, int at, int count)
    {
        foreach (var column in (ReadOnlySpan<double[]>)[_min, _max, _sum, _count]) PackedDoubles.Decode(ref reader, column.AsSpan(at, count));
    }
}
