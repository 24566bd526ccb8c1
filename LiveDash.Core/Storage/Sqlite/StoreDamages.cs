namespace LiveDash.Core.Storage.Sqlite;

/// <summary>What was found damaged, in memory as on disk. Thread-safe.</summary>
internal sealed class StoreDamages
{
    /// <summary>The kind of their documents.</summary>
    public const string Kind = "damage";

    // More are counted in the log alone; the oldest go.
    private const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly List<StoreDamage> _all = [];

    /// <summary>All, the newest first.</summary>
    public IReadOnlyList<StoreDamage> All
    {
        get
        {
            lock (_gate) return [.. _all.AsEnumerable().Reverse()];
        }
    }

    /// <summary>A new name.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString("n");

    /// <summary>The loss of a block.</summary>
    public static StoreDamage OfBlock(DateTimeOffset now, string series, int points, long minTime, long maxTime, string why) => new()
    {
        Id = NewId(), FoundAt = now, Part = "block", Series = series, Points = points,
        From = new DateTimeOffset(minTime, TimeSpan.Zero), To = new DateTimeOffset(maxTime, TimeSpan.Zero),
        Detail = $"A block of {points} points of {series} is damaged and was set apart: {why}.",
    };

    /// <summary>Takes over what was kept.</summary>
    public void Load(IEnumerable<byte[]> documents)
    {
        lock (_gate)
        {
            _all.Clear();
            _all.AddRange(documents.Select(DocumentJson.TryRead<StoreDamage>).OfType<StoreDamage>().OrderBy(static one => one.Id, StringComparer.Ordinal).TakeLast(Most));
        }
    }

    /// <summary>Adds one, or puts one in the place of another of the same name.</summary>
    /// <returns>The one that had to go for it; null for none.</returns>
    public StoreDamage? Put(StoreDamage damage)
    {
        lock (_gate)
        {
            var at = _all.FindIndex(one => one.Id == damage.Id);
            if (at >= 0)
            {
                _all[at] = damage;
                return null;
            }

            _all.Add(damage);
            if (_all.Count <= Most) return null;
            var oldest = _all[0];
            _all.RemoveAt(0);
            return oldest;
        }
    }
}
