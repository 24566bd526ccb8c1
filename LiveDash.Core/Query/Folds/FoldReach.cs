using LiveDash.Core.Geometry;

namespace LiveDash.Core.Query.Folds;

/// <summary>Which points before a moment a fold needs to know. Immutable.</summary>
/// <param name="Back">Those of so many ticks.</param>
/// <param name="Points">Or the newest so many; 0 for none.</param>
/// <param name="Gap">Or those since the last silence longer than so many ticks; 0 for none.</param>
/// <param name="IsAll">Or all.</param>
/// <param name="Within">Those within a shape alone count.</param>
internal readonly record struct FoldReach(long Back, int Points = 0, long Gap = 0, bool IsAll = false, Shape? Within = null)
{
    /// <summary>The time of the first point that is needed at a moment, or an earlier one; <paramref name="at"/> where none is.</summary>
    /// <param name="at">The moment in UTC ticks.</param>
    /// <param name="backwards">The series' points up to the moment, newest first; asked for where the points themselves say how far it goes.</param>
    public async Task<long> BeginAsync(long at, IAsyncEnumerable<PlacedPoints> backwards)
    {
        if (IsAll) return 0;
        if (Points == 0 && Gap == 0) return Math.Max(0, at - Back + 1);
        var count = 0;
        var first = at;
        await foreach (var block in backwards.ConfigureAwait(false))
        {
            for (var i = 0; i < block.Count; i++)
            {
                if (Within is not null && !block.IsWithin(Within, i)) continue;
                var time = block.Times.Span[i];
                if (Gap > 0 && first - time > Gap) return first;
                first = time;
                if (++count == Points) return first;
            }
        }

        return first;
    }
}
