using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Takes what a database held when it was opened: first its series in the order of their numbers, then the headers of its sealed blocks, then its
/// log rows, both in the order in which they were written. Used by one thread, while the store opens.
/// </summary>
internal sealed class StoreContents(StoreIndex index, SenderGuard guard, Action<string> report)
{
    private readonly List<SeriesKey> _series = [];
    private readonly Dictionary<int, List<BlockHeader>> _blocks = [];
    private readonly PointGroup _group = new();
    private readonly List<(long FirstId, long Points, string Why)> _lostCommits = [];

    /// <summary>Every series, in the order of their numbers.</summary>
    public IReadOnlyList<SeriesKey> Series => _series;

    /// <summary>Log rows that were damaged.</summary>
    public IReadOnlyList<(long FirstId, long Points, string Why)> LostCommits => _lostCommits;

    /// <summary>Tells the operator of something lost.</summary>
    public void Report(string message) => report(message);

    /// <summary>Forgets everything, when another database is opened in its place.</summary>
    public void Clear()
    {
        _series.Clear();
        _blocks.Clear();
        _lostCommits.Clear();
        index.Clear();
        guard.Clear();
    }

    /// <summary>A series.</summary>
    /// <exception cref="InvalidDataException">One is missing before it.</exception>
    public void AddSeries(long number, string name, string tags)
    {
        if (number != _series.Count) throw new InvalidDataException($"The series with number {_series.Count} is missing.");
        _series.Add(SeriesText.Key(name, tags));
    }

    /// <summary>The newest id that ever was.</summary>
    public void RaiseLastId(long id) => index.RaiseLastId(id);

    /// <summary>A sealed block.</summary>
    /// <exception cref="InvalidDataException">It names an unknown series, or says something impossible.</exception>
    public void AddBlock(long series, long points, long bytes, BlockHeader header)
    {
        if (series < 0 || series >= _series.Count || points is < 1 or > BlockCodec.MaxPoints || bytes is < 1 or > int.MaxValue)
        {
            throw new InvalidDataException($"The header of block {header.Id} is damaged.");
        }

        if (!_blocks.TryGetValue((int)series, out var list)) _blocks.Add((int)series, list = []);
        list.Add(header);
    }

    /// <summary>All blocks were added.</summary>
    public void EndBlocks()
    {
        foreach (var (series, list) in _blocks) index.AddBlocks(series, list);
        _blocks.Clear();
    }

    /// <summary>A log row; one that is damaged is told and left out.</summary>
    public void AddLog(long firstId, long points, ReadOnlySpan<byte> body)
    {
        try
        {
            LogCodec.Decode(body, _group);
            if (_group.Series.AsSpan(0, _group.Count).ContainsAnyExceptInRange(0, _series.Count - 1))
            {
                throw new InvalidDataException("It names an unknown series.");
            }

            guard.Known(_group);
            index.Append(_group, firstId);
        }
        catch (InvalidDataException e)
        {
            _lostCommits.Add((firstId, points, e.Message));
            report($"A commit of {points} points is damaged on disk and was left out: {e.Message}");
            index.RaiseLastId(firstId + points - 1);
        }
    }
}
