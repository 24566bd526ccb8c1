using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Alerts.Books;

/// <content>What is kept over a restart, and taken over from before it.</content>
public sealed partial class AlertBook
{
    // What was kept of alerts, until TakeOver, and of silences, until the first Sweep: bounded by what there was.
    private readonly Dictionary<string, KeptAlert> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _quiet = new(StringComparer.Ordinal);
    private readonly HashSet<string> _recalled = new(StringComparer.Ordinal);

    // The alerts whose clocks have run since they were kept: at most as many as there are entries.
    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);

    /// <summary>Takes over what was kept. Called once, before the first judgement.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var alerts = await documents.ListAsync(AlertDocuments.Alert, cancellationToken).ConfigureAwait(false);
        var episodes = await documents.ListAsync(AlertDocuments.Episode, cancellationToken).ConfigureAwait(false);
        var silences = await documents.ListAsync(AlertDocuments.Silence, cancellationToken).ConfigureAwait(false);
        var quiet = await documents.ListAsync(AlertDocuments.Quiet, cancellationToken).ConfigureAwait(false);
        var changes = await documents.ListAsync(AlertDocuments.Changes, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            foreach (var document in alerts)
            {
                if (DocumentJson.TryRead<KeptAlert>(document.Body) is { } alert) _kept[document.Id] = alert;
            }

            foreach (var document in episodes)
            {
                if (DocumentJson.TryRead<Episode>(document.Body) is { } episode) _episodes.Put(episode);
            }

            foreach (var document in silences)
            {
                if (DocumentJson.TryRead<Silence>(document.Body) is { } silence) _silences[silence.Id] = silence;
            }

            foreach (var document in quiet)
            {
                if (DocumentJson.TryRead<KeptSilence>(document.Body) is { } silent) _quiet[document.Id] = silent.Quiet;
            }

            foreach (var document in changes)
            {
                if (DocumentJson.TryRead<KeptChanges>(document.Body) is { At: not null } kept) _gauges[document.Id] = new FlapGauge(kept);
            }
        }
    }

    /// <inheritdoc/>
    public long RecallSilence(string series)
    {
        lock (_gate)
        {
            if (!_quiet.TryGetValue(series, out var quiet)) return 0;
            _recalled.Add(series);
            return quiet;
        }
    }

    /// <inheritdoc/>
    public void NoteSilence(string series, long quiet)
    {
        lock (_gate)
        {
            _pending.Set(AlertDocuments.Quiet, series, quiet == 0 ? null : DocumentJson.Write(new KeptSilence(quiet)));
        }
    }

    /// <inheritdoc/>
    public void Follow(string alertId, AlertClock clock)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(alertId, out var entry)) return;
            entry.Clock = clock;
            _followed.Add(alertId);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> RecallSeries(string ruleId)
    {
        lock (_gate)
        {
            return [.. _kept.Values.Where(kept => kept.RuleId == ruleId).Select(static kept => kept.Series)];
        }
    }

    /// <inheritdoc/>
    public KeptAlert? Recall(string alertId, LiveFigures live)
    {
        lock (_gate)
        {
            return _kept.GetValueOrDefault(alertId);
        }
    }

    /// <summary>
    /// Takes the kept alerts over into the list, once the judges run by the rules in force; those whose rule is gone or means something else now are
    /// ended with the reason.
    /// </summary>
    public void TakeOver(RuleSet rules)
    {
        var now = Now();
        lock (_gate)
        {
            foreach (var (id, kept) in _kept)
            {
                if (_entries.ContainsKey(id)) continue;
                if (rules.Find(kept.RuleId) is { Config.Paused: false } rule && rule.Meaning == kept.Meaning && SeriesKey.TryParse(kept.Series, out var series))
                {
                    Restore_NeedsLock(id, kept, rule, series!);
                    continue;
                }

                _pending.Set(AlertDocuments.Alert, id, null);
                var reason = rules.Find(kept.RuleId) is { } changed ? changed.Config.Paused ? "paused" : "edited" : "deleted";
                if (kept.Episode is { } episode && _episodes.Find(episode) is { ResolvedAt: null } open) PutEpisode_NeedsLock(open.Close(now, reason, kept.Value));
            }

            _kept.Clear();
        }

        Tell();
    }

    /// <summary>Adds documents to what is kept with the next transaction.</summary>
    public void Keep(Action<Action<string, string, byte[]?>> change)
    {
        lock (_gate)
        {
            change(_pending.Set);
            if (_pending.IsEmpty) return;
        }

        Wake();
    }

    /// <summary>Takes back documents that were added and are not kept yet: they would come after what has become of them.</summary>
    public void TakeBack(string kind, IEnumerable<string> ids)
    {
        lock (_gate)
        {
            foreach (var id in ids) _pending.TakeBack(kind, id);
        }
    }

    /// <summary>Forgets what is worth remembering no more: how often alerts changed that have been calm since, and silences nobody asked for. To be called some seconds
    /// after the start, and now and then.</summary>
    public void Sweep()
    {
        var now = Now();
        lock (_gate)
        {
            // What no rule has asked for within the first moments, none waits for any more.
            foreach (var series in _quiet.Keys.Except(_recalled)) _pending.Set(AlertDocuments.Quiet, series, null);
            _quiet.Clear();
            _recalled.Clear();
            foreach (var (id, gauge) in _gauges)
            {
                if (!gauge.IsOver(now)) continue;
                _gauges.Remove(id);
                _pending.Set(AlertDocuments.Changes, id, null);
            }
        }
    }

    /// <summary>How many alerts have clocks to be kept with the next transaction.</summary>
    public int Followed
    {
        get
        {
            lock (_gate)
            {
                return _followed.Count;
            }
        }
    }

    /// <summary>Waits until there is something to keep.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _wake.WaitAsync(cancellationToken);

    /// <summary>Keeps what was posted, in one transaction; what the store does not take stays and is tried again by the next call.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<DocumentChange> taken = [];
        try
        {
            lock (_gate)
            {
                foreach (var id in _followed)
                {
                    if (_entries.TryGetValue(id, out var entry)) Keep_NeedsLock(entry);
                }

                _followed.Clear();
                taken = _pending.Take();
                planner?.BeginCommit();
            }

            if (taken.Count > 0) await documents.ApplyOwedAsync(taken, cancellationToken).ConfigureAwait(false);
            planner?.EndCommit(succeeded: true);
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _pending.PutBack(taken);
                planner?.EndCommit(succeeded: false);
                if (e is StoreFullException or StoreUnavailableException) planner?.LetGo();
            }

            throw;
        }
        finally
        {
            _saving.Release();
        }
    }

    private void Restore_NeedsLock(string id, KeptAlert kept, RuleModel rule, SeriesKey series)
    {
        var live = new LiveFigures { Value = kept.Value ?? double.NaN, Peak = kept.Peak ?? double.NaN, Cause = kept.Cause };
        var clock = new AlertClock(kept.Elapsed, kept.LastAt, live.Value, live.Peak);
        _entries[id] = new AlertEntry
        {
            Clock = clock,
            IsAcknowledged = kept.Episode is { } episode && IsAcknowledged_NeedsLock(episode),
            Last = new AlertTransition
            {
                AlertId = id, Rule = rule, Series = series, Kind = AlertEventKind.None, State = kept.State, At = kept.ActiveAt, Now = kept.ActiveAt,
                ActiveAt = kept.ActiveAt, FiredAt = kept.FiredAt, Episode = kept.Episode, Severity = kept.Severity, Value = live.Value, Peak = live.Peak, Cause = live.Cause,
                Clock = clock, Live = live,
            },
        };
    }

    private void Keep_NeedsLock(AlertEntry entry) => _pending.Set(
        AlertDocuments.Alert, entry.Last.AlertId, entry.Last.State == AlertState.Inactive ? null : DocumentJson.Write(KeptAlert.Of(entry.Last, entry.Clock)));
}
