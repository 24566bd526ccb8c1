using System.Collections.Concurrent;
using System.Collections.Immutable;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// Where rules that join series of several shards meet: the rule's shard asks for a cell, the series' shard keeps it up to date.
/// Bounded by the rules' conditions. All members are thread-safe.
/// </summary>
public sealed class MeasureBoard
{
    private readonly ConcurrentDictionary<(string, string), PeerGroup> _peers = new();
    private ImmutableList<MeasureCell> _cells = [];

    /// <summary>The cells asked for; another list whenever one comes or goes.</summary>
    internal ImmutableList<MeasureCell> Cells => Volatile.Read(ref _cells);

    /// <summary>The fleet that a condition compares. One stays for each pattern and window that a rule has asked for since the start.</summary>
    internal PeerGroup PeersOf(Outlier outlier) => _peers.GetOrAdd((outlier.Series, outlier.Window.ToString()), _ => new PeerGroup(outlier.Window.Size));

    internal MeasureCell Ask(int series, SeriesCondition condition, bool allowPartial)
    {
        MeasureCell? cell = null;
        ImmutableInterlocked.Update(ref _cells, cells =>
        {
            cell = cells.Find(c => c.Series == series && c.AllowPartial == allowPartial && c.IsUsed && c.Condition == condition);
            if (cell is not null) return cells;
            cell = new MeasureCell(series, condition, allowPartial);
            return cells.Add(cell);
        });
        cell!.Use();
        return cell;
    }

    internal void GiveBack(MeasureCell cell)
    {
        cell.GiveBack();
        if (!cell.IsUsed) ImmutableInterlocked.Update(ref _cells, cells => cells.Remove(cell));
    }
}
