using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Folds;

/// <summary>Feeds a fold with the points of a series in the order of their times, and asks it at each step of a grid. Used by one evaluation.</summary>
internal sealed class FoldFiller(SeriesFold fold, StepGrid grid)
{
    private readonly double[] _values = Absence.Steps(grid.Count);
    private readonly double[] _held = Absence.Steps(grid.Count);
    private int _next;

    /// <summary>The figures at the steps, whether the condition holds or not.</summary>
    public double[] Values => _values;

    /// <summary>The figures at the steps at which it holds.</summary>
    public double[] Held => _held;

    /// <summary>Takes the next points.</summary>
    public void Take(PlacedPoints points)
    {
        while (points.Count > 0 && _next < grid.Count)
        {
            var due = UpTo(points.Times.Span, grid.Time(_next));
            if (due > 0) fold.Take(points.Slice(0, due));
            points = points.Slice(due, points.Count - due);
            if (points.Count > 0) Step();
        }
    }

    /// <summary>Ends with the steps behind the last point. False where there is no figure at any step.</summary>
    public bool Finish()
    {
        while (_next < grid.Count) Step();
        return Array.Exists(_values, static value => !value.IsAbsent());
    }

    private void Step()
    {
        var said = fold.At(grid.Time(_next));
        _values[_next] = said.Value;
        if (said.Holds) _held[_next] = said.Value;
        _next++;
    }

    private static int UpTo(ReadOnlySpan<long> times, long last)
    {
        if (times[^1] <= last) return times.Length;
        var place = times.BinarySearch(last + 1);
        if (place < 0) return ~place;
        while (place > 0 && times[place - 1] > last) place--;
        return place;
    }
}
