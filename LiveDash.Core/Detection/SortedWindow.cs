namespace LiveDash.Core.Detection;

/// <summary>The last so many figures in order of size, in seven digits: 8 bytes each. Allocates nothing a figure. Not thread-safe.</summary>
/// <param name="size">How many; at least 1.</param>
internal sealed class SortedWindow(int size)
{
    private readonly float[] _arrived = new float[size];
    private readonly float[] _sorted = new float[size];
    private int _next;

    /// <summary>How many it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the next figure; where it is full the oldest leaves.</summary>
    public void Add(double figure)
    {
        var value = (float)figure;
        if (Count == size)
        {
            var gone = Array.BinarySearch(_sorted, _arrived[_next]);
            Array.Copy(_sorted, gone + 1, _sorted, gone, --Count - gone);
        }

        var place = Array.BinarySearch(_sorted, 0, Count, value);
        if (place < 0) place = ~place;
        Array.Copy(_sorted, place, _sorted, place + 1, Count++ - place);
        (_sorted[place], _arrived[_next]) = (value, value);
        _next = (_next + 1) % size;
    }

    /// <summary>The figure that so large a part of them does not exceed; NaN while it is empty.</summary>
    /// <param name="part">The part, 0 to 1.</param>
    public double Quantile(double part) => Count == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(part * Count) - 1, 0, Count - 1)];
}
