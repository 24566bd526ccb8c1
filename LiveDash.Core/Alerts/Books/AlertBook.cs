using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// Every alert that is not inactive, the episodes of the past, and the silences: what pages, the API and notifications read, kept over restarts.
/// All members are thread-safe; judges post to it without waiting, and <see cref="SaveAsync"/> keeps what they posted.
/// </summary>
public sealed partial class AlertBook(IDocumentStore documents, TimeProvider time, INoticePlanner? planner = null) : IAlertLog, IDisposable
{
    /// <summary>How many closed episodes are kept; the oldest go. Open ones are as many as alerts fire.</summary>
    public const int MaxEpisodes = 5_000;

    /// <summary>How many silences there may be.</summary>
    public const int MaxSilences = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AlertEntry> _entries = new(StringComparer.Ordinal);
    // One for each alert that began or ended an episode within the last ten minutes; Sweep drops the others.
    private readonly Dictionary<string, FlapGauge> _gauges = new(StringComparer.Ordinal);
    private readonly EpisodeShelf _episodes = new(MaxEpisodes);
    private readonly Dictionary<string, Silence> _silences = new(StringComparer.Ordinal);
    private readonly PendingDocuments _pending = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly SemaphoreSlim _saving = new(1, 1);

    /// <summary>Raised after anything but a figure changed, outside of locks, on the thread that changed it. Carries nothing: read the newest.</summary>
    public event Action? Changed;

    /// <inheritdoc/>
    public void Post(AlertTransition transition)
    {
        lock (_gate)
        {
            // What was kept of it is the past now, also where this ends it before TakeOver.
            _kept.Remove(transition.AlertId);
            var entry = Entry_NeedsLock(transition);
            var beginsToFlap = transition.Kind is AlertEventKind.Fired or AlertEventKind.Resolved && Count_NeedsLock(transition);
            if (transition.Kind == AlertEventKind.Fired) entry.IsAcknowledged = false;
            if (transition.Episode is not null) Record_NeedsLock(transition);
            Keep_NeedsLock(entry);
            planner?.Plan(transition, MutingOf_NeedsLock(transition, beginsToFlap), _episodes.Find, _pending.Set);
            if (transition.State == AlertState.Inactive) _entries.Remove(transition.AlertId);
        }

        Tell();
    }

    /// <summary>The alerts that are not inactive: firing first, the newest first.</summary>
    public IReadOnlyList<Alert> List()
    {
        var now = Now();
        var all = new List<Alert>();
        lock (_gate)
        {
            foreach (var entry in _entries.Values)
            {
                if (entry.Last.State != AlertState.Inactive) all.Add(Read_NeedsLock(entry, now));
            }
        }

        return [.. all.OrderByDescending(static a => a.IsOpen).ThenByDescending(static a => a.IsOpen ? a.FiredAt : a.ActiveAt).ThenBy(static a => a.Id, StringComparer.Ordinal)];
    }

    /// <summary>The episodes, the newest first.</summary>
    public IReadOnlyList<Episode> Episodes(int limit = MaxEpisodes)
    {
        lock (_gate)
        {
            return _episodes.Newest(limit);
        }
    }

    /// <summary>One episode, or null.</summary>
    public Episode? FindEpisode(string id)
    {
        lock (_gate)
        {
            return _episodes.Find(id);
        }
    }

    /// <summary>True while an alert changes so often that each change is no news.</summary>
    public bool IsFlapping(string alertId)
    {
        lock (_gate)
        {
            return IsFlapping_NeedsLock(alertId, Now());
        }
    }

    /// <summary>The silences, those that end last first.</summary>
    public IReadOnlyList<Silence> Silences()
    {
        lock (_gate)
        {
            return [.. _silences.Values.OrderByDescending(static s => s.EndsAt)];
        }
    }

    /// <summary>Takes note that a person knows of an open episode; false where there is none.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="why">What they have to say of it; null or empty for nothing.</param>
    public bool Acknowledge(string alertId, string by, string? why = null) =>
        Note(alertId, acknowledged: true, string.IsNullOrWhiteSpace(why) ? by : $"{by}: {why.Trim()}");

    /// <summary>Takes an acknowledgement back: the open episode needs somebody again. False where there is none.</summary>
    public bool Unacknowledge(string alertId, string by) => Note(alertId, acknowledged: false, by);

    private bool Note(string alertId, bool acknowledged, string detail)
    {
        var now = Now();
        lock (_gate)
        {
            if (!_entries.TryGetValue(alertId, out var entry) || entry.Last.Episode is not { } id || entry.Last.State == AlertState.Inactive) return false;
            if (entry.IsAcknowledged != acknowledged && _episodes.Find(id) is { } episode)
            {
                entry.IsAcknowledged = acknowledged;
                PutEpisode_NeedsLock(episode.With(new EpisodeEvent(now, acknowledged ? AlertEventKind.Acknowledged : AlertEventKind.Unacknowledged, null, detail)));
            }
        }

        Tell();
        return true;
    }

    /// <summary>Adds a silence; false where there are <see cref="MaxSilences"/> that have not ended.</summary>
    public bool AddSilence(Silence silence)
    {
        var now = Now();
        lock (_gate)
        {
            foreach (var ended in _silences.Values.Where(s => s.EndsAt <= now).ToList()) Drop_NeedsLock(ended.Id);
            if (_silences.Count >= MaxSilences) return false;
            _silences[silence.Id] = silence;
            _pending.Set(AlertDocuments.Silence, silence.Id, DocumentJson.Write(silence));
        }

        Tell();
        return true;
    }

    /// <summary>Ends a silence and goes on listing it as over, as Alertmanager does; false where none of that id goes on.</summary>
    public bool ExpireSilence(string id)
    {
        var now = Now();
        lock (_gate)
        {
            if (!_silences.TryGetValue(id, out var silence) || silence.EndsAt <= now) return false;
            silence = silence with { EndsAt = now, StartsAt = Math.Min(silence.StartsAt, now) };
            _silences[id] = silence;
            _pending.Set(AlertDocuments.Silence, id, DocumentJson.Write(silence));
        }

        Tell();
        return true;
    }

    /// <summary>Ends a silence; false where there is none of that id.</summary>
    public bool RemoveSilence(string id)
    {
        lock (_gate)
        {
            if (!_silences.ContainsKey(id)) return false;
            Drop_NeedsLock(id);
        }

        Tell();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wake.Dispose();
        _saving.Dispose();
    }

    private long Now() => time.GetUtcNow().UtcTicks;

    private void Tell()
    {
        Wake();
        Changed?.Invoke();
    }

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has just woken the keeper.
        }
    }

    private AlertEntry Entry_NeedsLock(AlertTransition transition)
    {
        if (!_entries.TryGetValue(transition.AlertId, out var entry))
        {
            entry = new AlertEntry { Last = transition };
            if (transition.Episode is { } episode) entry.IsAcknowledged = IsAcknowledged_NeedsLock(episode);
            _entries[transition.AlertId] = entry;
        }

        entry.Last = transition;
        entry.Clock = transition.Clock;
        return entry;
    }

    private bool IsAcknowledged_NeedsLock(string episode) =>
        _episodes.Find(episode) is { } known && known.Acknowledgement is not null;

    private Alert Read_NeedsLock(AlertEntry entry, long now)
    {
        var last = entry.Last;
        return new Alert
        {
            Id = last.AlertId,
            Rule = last.Rule,
            Series = last.Series,
            State = last.State,
            Health = last.Live.Health,
            Severity = last.Severity,
            Value = last.Live.Value,
            // After a restart its words are known again once it was judged; until then it is called as its episode keeps it.
            Text = last.Live.TextOf(last.Live.Value) ?? (last.Live.Words is null && last.Episode is { } open ? _episodes.Find(open)?.Text : null),
            Peak = last.Live.Peak,
            Cause = last.Live.Cause,
            Why = last.Live.Why,
            ActiveAt = last.ActiveAt,
            FiredAt = last.FiredAt,
            Episode = last.Episode,
            IsAcknowledged = entry.IsAcknowledged,
            IsSilenced = IsSilenced_NeedsLock(last, now),
            IsFlapping = IsFlapping_NeedsLock(last.AlertId, now),
        };
    }

    private bool IsFlapping_NeedsLock(string alertId, long now) => _gauges.TryGetValue(alertId, out var gauge) && gauge.IsFlapping(now);

    private bool IsSilenced_NeedsLock(AlertTransition last, long now) => _silences.Values.Any(silence => silence.Covers(last.Rule, last.Series, last.Severity, now));

    private Muting MutingOf_NeedsLock(AlertTransition transition, bool beginsToFlap) =>
        IsSilenced_NeedsLock(transition, transition.Now) ? Muting.Silenced
        : beginsToFlap ? Muting.BeginsToFlap
        : IsFlapping_NeedsLock(transition.AlertId, transition.Now) ? Muting.Flaps
        : Muting.None;

    // True where the alert flaps from this change on.
    private bool Count_NeedsLock(AlertTransition transition)
    {
        if (!_gauges.TryGetValue(transition.AlertId, out var gauge)) _gauges[transition.AlertId] = gauge = new FlapGauge();
        var begins = gauge.Change(transition.Now);
        _pending.Set(AlertDocuments.Changes, transition.AlertId, DocumentJson.Write(gauge.Kept));
        return begins;
    }

    private void Record_NeedsLock(AlertTransition transition) =>
        PutEpisode_NeedsLock((_episodes.Find(transition.Episode!) ?? Episode.Begin(transition)).With(transition));

    private void PutEpisode_NeedsLock(Episode episode)
    {
        _pending.Set(AlertDocuments.Episode, AlertDocuments.EpisodeKey(episode), DocumentJson.Write(episode));
        if (_episodes.Put(episode) is { } dropped) _pending.Set(AlertDocuments.Episode, AlertDocuments.EpisodeKey(dropped), null);
    }

    private void Drop_NeedsLock(string silence)
    {
        _silences.Remove(silence);
        _pending.Set(AlertDocuments.Silence, silence, null);
    }
}
