using System.Collections.Immutable;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// Judges the series of one shard by the rules in force, as each point arrives and once a tick. What a point costs depends on the rules that
/// match its series, not on how many there are. Used by one loop alone; it tells what happens through <see cref="IAlertLog"/>.
/// </summary>
public sealed partial class AlertJudge(JudgeParts parts, int shard, int shards, IWindowSource windows)
{
    /// <summary>Ticks further apart than this are an outage: a restart, a suspended machine, a clock that was set.</summary>
    private static readonly long MaxTickGap = TimeSpan.FromSeconds(10).Ticks;

    private const int Unknown = -1;

    private readonly List<SeriesWatch> _watched = [];
    private readonly List<SeriesWatch> _silent = [];
    private SeriesWatch?[] _watches = [];
    private RuleSet _rules = RuleSet.Empty;
    private ImmutableList<MeasureCell> _cells = [];
    private long[] _newest = [];
    private long _lastTick;

    /// <summary>True when points of this series are judged. A series that is new is matched with the rules here.</summary>
    /// <param name="series">The interned series; one of this shard.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public bool Watches(int series, long now) => Matched(series, now).IsWatched;

    /// <summary>Who judges a run of points of this series; null where nobody does.</summary>
    /// <param name="series">The interned series; one of this shard.</param>
    /// <param name="now">The wall clock in UTC ticks, the same for all points of the run.</param>
    public ISeriesJudge? Watch(int series, long now)
    {
        var watch = Matched(series, now);
        if (!watch.IsWatched) return null;
        NoteGap(now);
        return watch;
    }

    /// <summary>A point has entered the windows.</summary>
    /// <param name="series">The interned series, for which <see cref="Watches"/> is true.</param>
    /// <param name="ticks">Its event time in UTC ticks.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public void OnPoint(int series, long ticks, long now)
    {
        NoteGap(now);
        WatchOf(series, now).OnPoint(ticks, now);
    }

    /// <summary>Time has passed, and the windows were moved on to it.</summary>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public void OnTick(long now)
    {
        if (_lastTick != 0 && (now < _lastTick || now - _lastTick > MaxTickGap)) Skip(now);
        _lastTick = now;
        AdoptCells(now);
        FollowGroups(now);
        RememberSilence(now, isAll: false);
        // First who is quiet, then what it means: whether all of a rule's series are does not depend on the order they are looked at.
        foreach (var watch in _watched)
        {
            foreach (var alert in watch.Alerts) alert.NoteQuiet(watch, now);
        }

        foreach (var watch in _watched)
        {
            foreach (var cell in watch.Cells) cell.Refresh(now);
            foreach (var alert in watch.Alerts)
            {
                if (alert.TryMissing(watch, now)) continue;
                // Before the first point since the start there is nothing new to judge, except silence itself and a state, which lasts.
                if (watch.HasPoint || alert.Rule.Driver is Absent or StateIs or Anomaly { By: not null }) alert.Judge(watch.Now(now), now);
            }
        }
    }

    /// <summary>Tells that ticks were left out because nothing would have changed: that is no outage.</summary>
    public void PassOver(long now) => _lastTick = now;

    /// <summary>Swaps the rules. Alerts of rules that mean the same go on; the others' are ended with the reason.</summary>
    /// <param name="next">The rules from now on.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public void Configure(RuleSet next, long now)
    {
        var before = _rules;
        _rules = next;
        foreach (var watch in _watched) watch.Alerts.RemoveAll(alert => Ends(alert, watch, now));
        foreach (var rule in next.Rules)
        {
            if (rule.Config.Paused) continue;
            if (before.Find(rule.Id) is { Config.Paused: false } old && old.Meaning == rule.Meaning) continue;
            // A series that must not be absent or silent has an alert before its first point.
            if (rule.Pattern.IsExact && (rule.Driver is Absent || rule.OnNoData == GapPolicy.Alert)) parts.Catalog.TryIntern(rule.Pattern.ExactKey, out _);
            foreach (var series in parts.Catalog.Match(rule.Pattern))
            {
                if (series % shards == shard) AddAlert(rule, WatchOf(series, now), now);
            }
        }

        Settle();
    }

    /// <summary>Judges anew what rules of other shards want to know of this one's series.</summary>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public void RefreshJoined(long now)
    {
        AdoptCells(now);
        foreach (var cell in _cells)
        {
            if (cell.Series >= 0 && cell.Series % shards == shard) cell.Refresh(now);
        }
    }

    /// <summary>Tells how far stored points reach, before the first rule: an older point that comes late decides nothing.</summary>
    /// <param name="stats">What the store knows.</param>
    /// <param name="now">The wall clock in UTC ticks: a stored point ahead of it says nothing of how far time has come.</param>
    public void TellNewest(IReadOnlyList<SeriesStats> stats, long now)
    {
        _newest = new long[(parts.Catalog.Count / shards) + 1];
        foreach (var one in stats)
        {
            if (one.Series % shards == shard) _newest[one.Series / shards] = one.Last <= now + TimeSpan.TicksPerSecond ? one.Last : 0;
        }
    }

    /// <summary>Tells the log how far clocks have run, to be kept.</summary>
    /// <param name="now">The wall clock in UTC ticks.</param>
    /// <param name="isAll">True before the end: whatever has moved at all is told.</param>
    public void Remember(long now, bool isAll)
    {
        RememberSilence(now, isAll);
        foreach (var watch in _watched)
        {
            foreach (var alert in watch.Alerts) alert.Remember(isAll);
        }
    }

    private void RememberSilence(long now, bool isAll)
    {
        foreach (var watch in _silent)
        {
            if (watch.Silence!.IsDue(watch.Quiet(now), isAll, out var quiet)) parts.Log.NoteSilence(parts.Catalog[watch.Series].ToString(), quiet);
        }
    }

    // What nobody asks for any more goes; not before the new rules have theirs: a rule that was edited goes on from the silence there is.
    private void Settle()
    {
        _silent.RemoveAll(watch =>
        {
            if (watch.Silence!.IsFollowed) return false;
            if (watch.Silence.IsKept) parts.Log.NoteSilence(parts.Catalog[watch.Series].ToString(), 0);
            watch.Silence = null;
            return true;
        });
        foreach (var watch in _watched) watch.IsLapsed = !watch.IsWatched;
    }

    private SeriesWatch Matched(int series, long now)
    {
        var local = series / shards;
        if (local < _watches.Length && _watches[local] is { IsMatched: true } known) return known;
        var watch = WatchOf(series, now);
        watch.IsMatched = true;
        var key = parts.Catalog[series];
        foreach (var rule in _rules.MayChoose(key.Name))
        {
            if (!rule.Config.Paused && rule.Pattern.Matches(key)) AddAlert(rule, watch, now);
        }

        watch.IsLapsed = !watch.IsWatched;
        return watch;
    }

    private bool Ends(AlertInstance alert, SeriesWatch watch, long now)
    {
        var next = _rules.Find(alert.Rule.Id);
        if (next is { Config.Paused: false } && next.Meaning == alert.Rule.Meaning)
        {
            alert.Rule = next;
            return false;
        }

        alert.Close(next is null ? "deleted" : next.Config.Paused ? "paused" : "edited", watch.Now(now), now);
        alert.Condition.Release(windows, parts.Board);
        alert.Leave();
        return true;
    }

    private void AddAlert(RuleModel rule, SeriesWatch watch, long now)
    {
        if (rule.Driver is Anomaly { By: not null } together)
        {
            AddGroup(rule, together, watch, now);
            return;
        }

        var state = parts.States[rule.Id];
        if (watch.Alerts.Exists(alert => alert.Rule.Id == rule.Id)) return;
        if (!state.TryAddInstance(parts.Limits.MaxAlertsPerRule)) return;
        if (watch.IsLapsed) watch.Resume(now);
        var key = parts.Catalog[watch.Series];
        var condition = Bind(rule.Expression.Condition, rule, watch, now);
        watch.Alerts.Add(new AlertInstance(rule, state, key, condition, parts.Log, now));
    }

    private BoundCondition Bind(Condition condition, RuleModel rule, SeriesWatch driver, long now)
    {
        switch (condition)
        {
            case AllOf both:
                return BoundCondition.Join(both, Bind(both.Left, rule, driver, now), Bind(both.Right, rule, driver, now));
            case AnyOf any:
                return BoundCondition.Join(any, Bind(any.Left, rule, driver, now), Bind(any.Right, rule, driver, now));
            case Negation not:
                return BoundCondition.Join(not, Bind(not.Inner, rule, driver, now), null);
        }

        var leaf = (SeriesCondition)condition;
        var series = SeriesOf(leaf, rule, driver);
        var allowPartial = rule.Config.AllowPartial;
        if (series < 0 || series % shards != shard) return BoundCondition.There(leaf, parts.Board.Ask(series, leaf, allowPartial));
        return leaf is Outlier outlier
            ? BoundCondition.Peer(outlier, WatchOf(series, now), windows, parts.Board.PeersOf(outlier), allowPartial)
            : BoundCondition.Here(leaf, WatchOf(series, now, leaf as Absent), windows, parts.Words.WordsOf(parts.Catalog[series]), rule.Expression.Clear ?? double.NaN, allowPartial);
    }

    // A joined condition looks at the driver's own series, at the one series it spells, or at the one that matches it with the driver's tags.
    private int SeriesOf(SeriesCondition leaf, RuleModel rule, SeriesWatch driver)
    {
        if (leaf.Series == rule.Driver.Series) return driver.Series;
        SeriesPattern.TryParse(leaf.Series, out var pattern);
        var key = pattern!.IsExact ? pattern.ExactKey : new SeriesKey(pattern.ExactKey.Name, parts.Catalog[driver.Series].Tags);
        // Where the limit of series lets it not be known, its cell, that no shard keeps, stays missing.
        return parts.Catalog.TryIntern(key, out var series) ? series : Unknown;
    }

    private void AdoptCells(long now)
    {
        var wanted = parts.Board.Cells;
        if (ReferenceEquals(wanted, _cells)) return;
        foreach (var watch in _watched)
        {
            watch.Cells.RemoveAll(cell =>
            {
                if (wanted.Contains(cell)) return false;
                cell.Bound!.Release(windows, parts.Board);
                return true;
            });
        }

        foreach (var cell in wanted)
        {
            if (cell.Series < 0 || cell.Series % shards != shard || cell.Bound is not null) continue;
            var watch = WatchOf(cell.Series, now, cell.Condition as Absent);
            if (watch.IsLapsed) watch.Resume(now);
            cell.Bound = cell.Condition is Outlier outlier
                ? BoundCondition.Peer(outlier, watch, windows, parts.Board.PeersOf(outlier), cell.AllowPartial)
                : BoundCondition.Here(cell.Condition, watch, windows, parts.Words.WordsOf(parts.Catalog[cell.Series]), double.NaN, cell.AllowPartial);
            watch.Cells.Add(cell);
        }

        _cells = wanted;
        Settle();
    }

    // After a suspension points may be there before the first tick.
    private void NoteGap(long now)
    {
        if (_lastTick != 0 && Math.Abs(now - _lastTick) > MaxTickGap) Skip(now);
    }

    private void Skip(long now)
    {
        var gap = now - _lastTick;
        _lastTick = now;
        foreach (var watch in _watched)
        {
            watch.Skip(gap, now);
            foreach (var alert in watch.Alerts) alert.Skip(isBack: gap < 0);
        }
    }

    private SeriesWatch WatchOf(int series, long now, Absent? absent)
    {
        var watch = WatchOf(series, now);
        if (absent is null) return watch;
        if (watch.Silence is not null) return watch;
        watch.Silence = new SilenceClock(parts.Log.RecallSilence(parts.Catalog[series].ToString()));
        _silent.Add(watch);
        return watch;
    }

    private SeriesWatch WatchOf(int series, long now)
    {
        var local = series / shards;
        if (local >= _watches.Length) Array.Resize(ref _watches, Math.Max(local + 1, Math.Max(64, _watches.Length * 2)));
        if (_watches[local] is { } known) return known;
        var watch = new SeriesWatch(series, now, local < _newest.Length ? _newest[local] : 0);
        _watches[local] = watch;
        _watched.Add(watch);
        return watch;
    }
}
