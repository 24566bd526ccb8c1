using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Notifications;

/// <summary>
/// Which notices are owed. A notice is planned in the transaction of the change it tells, and may go out once that is committed. What a channel was
/// told last is kept too, so that firing and resolved alternate and nothing is told resolved that was not told firing. Thread-safe.
/// </summary>
public sealed class Outbox : INoticePlanner
{
    private const int MaxMessage = 500;

    private readonly Lock _gate = new();

    /// <summary>Whom a rule tells: the channels it names, else those that are the default.</summary>
    public Func<RuleConfig, IReadOnlyList<string>> ChannelsOf { get; init; } = static rule => rule.Channels;

    private readonly Dictionary<(string AlertId, string Channel), Told> _told = [];
    private List<Notice> _planned = [];
    private List<Notice> _committing = [];
    private readonly List<Notice> _ready = [];

    /// <summary>How many notices wait to go out.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _planned.Count + _committing.Count + _ready.Count;
            }
        }
    }

    /// <summary>The notices of an episode that are not formed into a delivery yet.</summary>
    public IReadOnlyList<Notice> WaitingOf(string episode)
    {
        lock (_gate)
        {
            return [.. _planned.Concat(_committing).Concat(_ready).Where(notice => notice.Episode == episode)];
        }
    }

    /// <inheritdoc/>
    public void Plan(AlertTransition transition, Muting muting, Func<string, Episode?> find, Action<string, string, byte[]?> keep)
    {
        if (transition.Episode is null || ChannelsOf(transition.Rule.Config) is not { Count: > 0 } channels) return;
        lock (_gate)
        {
            foreach (var channel in channels.Distinct(StringComparer.Ordinal))
            {
                var told = _told.GetValueOrDefault((transition.AlertId, channel));
                if (muting == Muting.BeginsToFlap) Add_NeedsLock(MakeNotice(transition, channel, "flapping", 1), keep);
                if (muting != Muting.None) continue;
                if (transition.Kind == AlertEventKind.Fired) TellFiring_NeedsLock(transition, channel, EndOther_NeedsLock(told, transition, find, keep), keep);
                else if (told?.Episode != transition.Episode) continue;
                else if (transition.Kind == AlertEventKind.SeverityChanged) TellSeverity_NeedsLock(transition, told, keep);
                else if (transition.Kind == AlertEventKind.Resolved) TellResolved_NeedsLock(MakeNotice(transition, channel, "resolved", 1) with { ToldSeverity = told.Severity, Labels = told.Labels }, keep);
            }
        }
    }

    /// <inheritdoc/>
    public void BeginCommit()
    {
        lock (_gate)
        {
            _committing = _planned;
            _planned = [];
        }
    }

    /// <inheritdoc/>
    public void EndCommit(bool succeeded)
    {
        lock (_gate)
        {
            if (succeeded) _ready.AddRange(_committing);
            else _planned.InsertRange(0, _committing);
            _committing = [];
        }
    }

    /// <inheritdoc/>
    public void LetGo()
    {
        lock (_gate)
        {
            _ready.AddRange(_planned);
            _planned = [];
        }
    }

    /// <summary>Takes over what was kept: it is committed.</summary>
    internal void Load(IEnumerable<Notice> notices, IEnumerable<Told> told)
    {
        lock (_gate)
        {
            _ready.AddRange(notices.OrderBy(static notice => notice.PlannedAt));
            foreach (var one in told) _told[(one.AlertId, one.Channel)] = one;
        }
    }

    /// <summary>
    /// Plans what time and people bring about: an alert that fires and was muted when it began, one that is told again, and the end of one that was
    /// muted when it ended.
    /// </summary>
    /// <param name="alerts">The alerts that are not inactive.</param>
    /// <param name="ended">What became of an episode that is told to fire and not open any more; null while it must not be told.</param>
    /// <param name="find">Finds an episode by its name; null where it is known no more.</param>
    /// <param name="repeatAfter">After how long an alert is told again.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    /// <param name="keep">Adds a document's change to the transaction.</param>
    internal void Reconcile(
        IReadOnlyList<Alert> alerts, Func<Told, Episode?> ended, Func<string, Episode?> find, TimeSpan repeatAfter, long now, Action<string, string, byte[]?> keep)
    {
        lock (_gate)
        {
            var open = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var alert in alerts)
            {
                if (!alert.IsOpen || alert.Episode is null) continue;
                open[alert.Id] = alert.Episode;
                if (alert.IsSilenced || alert.IsFlapping) continue;
                foreach (var channel in ChannelsOf(alert.Rule.Config).Distinct(StringComparer.Ordinal))
                {
                    var told = _told.GetValueOrDefault((alert.Id, channel));
                    var isDue = told?.Episode != alert.Episode || now - told.LastAt >= repeatAfter.Ticks;
                    if (!isDue || alert.IsAcknowledged) continue;
                    var transition = Transition(alert, now);
                    TellFiring_NeedsLock(transition, channel, EndOther_NeedsLock(told, transition, find, keep), keep);
                }
            }

            foreach (var told in _told.Values.ToList())
            {
                if (open.GetValueOrDefault(told.AlertId) == told.Episode || ended(told) is not { } episode) continue;
                TellResolved_NeedsLock(MakeNotice(told, episode, now), keep);
            }
        }
    }

    /// <summary>Takes the notices that may go out and whose time has come, by rule and channel, in order.</summary>
    /// <param name="isDue">Says whether a group may go, by channel, rule and when its first notice was planned.</param>
    /// <param name="most">How many go together at most.</param>
    internal IReadOnlyList<IReadOnlyList<Notice>> TakeDue(Func<string, string, long, bool> isDue, int most)
    {
        lock (_gate)
        {
            var taken = new List<IReadOnlyList<Notice>>();
            var left = new List<Notice>();
            foreach (var group in _ready.GroupBy(static notice => (notice.Channel, notice.RuleId)))
            {
                if (isDue(group.Key.Channel, group.Key.RuleId, group.First().PlannedAt)) Split(group, most, taken);
                else left.AddRange(group);
            }

            if (taken.Count == 0) return taken;
            _ready.Clear();
            _ready.AddRange(left);
            return taken;
        }
    }

    // Never two pieces of news of one alert together: a receiver could not tell which is newer.
    private static void Split(IEnumerable<Notice> group, int most, List<IReadOnlyList<Notice>> into)
    {
        var alerts = new HashSet<string>(StringComparer.Ordinal);
        var together = new List<Notice>();
        foreach (var notice in group)
        {
            if (together.Count == most || !alerts.Add(notice.AlertId))
            {
                into.Add(together);
                together = [];
                alerts.Clear();
                alerts.Add(notice.AlertId);
            }

            together.Add(notice);
        }

        into.Add(together);
    }

    /// <summary>What a channel was told to fire and not yet to be over.</summary>
    internal IReadOnlyList<Told> ToldBy(string channel)
    {
        lock (_gate)
        {
            return [.. _told.Values.Where(told => told.Channel == channel)];
        }
    }

    /// <summary>An alert told once more as it stands, for a receiver that forgets what it is not reminded of. Nothing is planned or kept.</summary>
    internal static Notice Repeat(Alert alert, Told told, long now) => MakeNotice(Transition(alert, now), told.Channel, "firing", told.Firing) with { Severity = told.Severity };

    /// <summary>True where the channel was told of another episode of the alert, that has not been told to be over.</summary>
    internal bool IsToldOfAnother(Notice notice)
    {
        lock (_gate)
        {
            return _told.TryGetValue((notice.AlertId, notice.Channel), out var told) && told.Episode != notice.Episode;
        }
    }

    /// <summary>
    /// A receiver was told late of episodes whose end it was not to hear of, since it knew of no beginning: now it does, so the next
    /// <see cref="Reconcile"/> plans the end of those that are over.
    /// </summary>
    /// <param name="notices">What it was told.</param>
    /// <param name="isEndOwed">Says whether a delivery that tells the end of the same episode waits already.</param>
    /// <param name="find">Finds an episode by its name; null where it is known no more.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    /// <param name="keep">Adds a document's change to the transaction.</param>
    internal void Remember(IReadOnlyList<Notice> notices, Func<Notice, bool> isEndOwed, Func<string, Episode?> find, long now, Action<string, string, byte[]?> keep)
    {
        lock (_gate)
        {
            foreach (var notice in notices.Where(notice => notice.Kind == "firing" && !isEndOwed(notice) && !IsEndPlanned_NeedsLock(notice)))
            {
                var told = new Told(notice.AlertId, notice.Channel, notice.Episode, notice.RuleId, notice.Number, 0, now) { Severity = notice.Severity, Labels = notice.Labels };
                if (!_told.TryGetValue((notice.AlertId, notice.Channel), out var other)) Keep_NeedsLock(told, keep);
                // The alert fired anew while this was on its way: what is remembered is the new one, so the old one's end is told at once.
                else if (other.Episode != told.Episode && find(told.Episode) is { ResolvedAt: not null } episode) Add_NeedsLock(MakeNotice(told, episode, now), keep);
            }
        }
    }

    /// <summary>Puts back what could not be formed into a delivery.</summary>
    internal void PutBack(IReadOnlyList<Notice> notices)
    {
        lock (_gate)
        {
            _ready.InsertRange(0, notices);
        }
    }

    private bool IsEndPlanned_NeedsLock(Notice firing) => _planned.Concat(_committing).Concat(_ready).Any(notice =>
        notice.Kind == "resolved" && notice.Episode == firing.Episode && notice.Channel == firing.Channel);

    // An earlier episode that ended while nothing was told is told to be over before another is told to fire: firing and resolved alternate.
    private Told? EndOther_NeedsLock(Told? told, AlertTransition transition, Func<string, Episode?> find, Action<string, string, byte[]?> keep)
    {
        if (told is null || told.Episode == transition.Episode) return told;
        if (find(told.Episode) is { ResolvedAt: not null } episode) TellResolved_NeedsLock(MakeNotice(told, episode, transition.Now), keep);
        return null;
    }

    private void TellFiring_NeedsLock(AlertTransition transition, string channel, Told? told, Action<string, string, byte[]?> keep)
    {
        var number = (told?.Firing ?? 0) + 1;
        Add_NeedsLock(MakeNotice(transition, channel, "firing", number), keep);
        Keep_NeedsLock(new Told(transition.AlertId, channel, transition.Episode!, transition.Rule.Id, number, told?.Changes ?? 0, transition.Now)
        {
            Severity = transition.Severity, Labels = transition.Rule.Config.Labels,
        }, keep);
    }

    private void TellSeverity_NeedsLock(AlertTransition transition, Told told, Action<string, string, byte[]?> keep)
    {
        Add_NeedsLock(MakeNotice(transition, told.Channel, "severity", told.Changes + 1) with { ToldSeverity = told.Severity }, keep);
        Keep_NeedsLock(told with { Changes = told.Changes + 1, Severity = transition.Severity }, keep);
    }

    private void TellResolved_NeedsLock(Notice notice, Action<string, string, byte[]?> keep)
    {
        Add_NeedsLock(notice, keep);
        _told.Remove((notice.AlertId, notice.Channel));
        keep(NoticeDocuments.Told, NoticeDocuments.ToldId(notice.AlertId, notice.Channel), null);
    }

    private void Add_NeedsLock(Notice notice, Action<string, string, byte[]?> keep)
    {
        _planned.Add(notice);
        keep(NoticeDocuments.Notice, notice.Key, DocumentJson.Write(notice));
    }

    private void Keep_NeedsLock(Told told, Action<string, string, byte[]?> keep)
    {
        _told[(told.AlertId, told.Channel)] = told;
        keep(NoticeDocuments.Told, NoticeDocuments.ToldId(told.AlertId, told.Channel), DocumentJson.Write(told));
    }

    private static AlertTransition Transition(Alert alert, long now) => new()
    {
        AlertId = alert.Id, Rule = alert.Rule, Series = alert.Series, Kind = AlertEventKind.Fired, State = alert.State, At = alert.FiredAt, Now = now,
        ActiveAt = alert.ActiveAt, FiredAt = alert.FiredAt, Episode = alert.Episode, Severity = alert.Severity, Value = alert.Value, Peak = alert.Peak, Cause = alert.Cause, Why = alert.Why,
        Live = new LiveFigures(),
    };

    private static Notice MakeNotice(AlertTransition transition, string channel, string kind, int number)
    {
        var message = NoticeText.Message(transition, kind);
        return new Notice
        {
            Episode = transition.Episode!, Channel = channel, Kind = kind, Number = number, AlertId = transition.AlertId, RuleId = transition.Rule.Id,
            Rule = transition.Rule.Config.Name, Series = transition.Series.ToString(), Severity = transition.Severity, Value = Finite(transition.Value),
            Peak = Finite(transition.Peak), FiredAt = transition.FiredAt, ResolvedAt = kind == "resolved" ? transition.At : null, Reason = transition.Reason,
            Labels = transition.Rule.Config.Labels, Message = NoticeText.Cut(message, MaxMessage), PlannedAt = transition.Now, Cause = transition.Cause, Expression = transition.Rule.Expression.ToString(),
        };
    }

    private static Notice MakeNotice(Told told, Episode episode, long now) => new()
    {
        Episode = told.Episode, Channel = told.Channel, Kind = "resolved", Number = 1, AlertId = told.AlertId, RuleId = told.RuleId, Rule = episode.RuleName,
        Series = episode.Series, Severity = episode.Severity, Value = episode.Events[^1].Value, Peak = episode.Peak, FiredAt = episode.FiredAt,
        ResolvedAt = episode.ResolvedAt, Reason = episode.Reason, Message = NoticeText.Cut(NoticeText.Over(episode.RuleName, episode.Series, episode.Reason, episode.Cause), MaxMessage), PlannedAt = now,
        Cause = episode.Cause, ToldSeverity = told.Severity, Labels = told.Labels,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
