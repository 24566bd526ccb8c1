using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// What stretch of time the open page shows, one a circuit: the range that the address names, and whether live values are held still. The app bar writes
/// it, pages and panels read it and follow <see cref="Changed"/>. The address is the truth, so back, reload and a link that was sent restore it.
/// To be used on the circuit's own thread.
/// </summary>
public sealed class ViewTime : IDisposable
{
    /// <summary>The oldest moment a step reaches; before it there is no point that a browser's clock could have stamped.</summary>
    private static readonly DateTimeOffset s_first = DateTimeOffset.UnixEpoch;
    private readonly NavigationManager _navigation;
    private readonly TimeProvider _clock;
    private string? _read;
    private ViewRange _range = ViewRange.Initial;
    private TimeSpan? _liveSpan;

    /// <summary>Follows the circuit's address.</summary>
    public ViewTime(NavigationManager navigation, TimeProvider clock)
    {
        (_navigation, _clock) = (navigation, clock);
        navigation.LocationChanged += OnLocationChanged;
    }

    /// <summary>Another range, or held still, or let go.</summary>
    public event Action? Changed;

    /// <summary>The range in the address; <see cref="ViewRange.Initial"/> where it names none.</summary>
    public ViewRange Range
    {
        get
        {
            // Read when asked for: a page is rendered for a new address before whoever follows the event hears of it.
            if (_read == _navigation.Uri) return _range;
            var query = AddressQuery.Of(_navigation.Uri);
            _range = ViewRange.Parse(query.GetValueOrDefault("last"), query.GetValueOrDefault("from"), query.GetValueOrDefault("to"));
            _read = _navigation.Uri;
            if (_range.IsLive) _liveSpan = _range.Span;
            return _range;
        }
    }

    /// <summary>True while what is live is held still to be looked at.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>True while new values show as they arrive.</summary>
    public bool IsFollowing => Range.IsLive && !IsPaused;

    /// <summary>True where a step forward leads to anything that has happened.</summary>
    public bool CanStepForward => !Range.IsLive;

    /// <summary>Shows another range and lets go of what was held. A new entry of the browser's history.</summary>
    public void Show(ViewRange range)
    {
        IsPaused = false;
        var address = _navigation.GetUriWithQueryParameters(range.ToQuery());
        if (address != _navigation.Uri) _navigation.NavigateTo(address);
        else Changed?.Invoke();
    }

    /// <summary>Holds live values still, or lets them go.</summary>
    public void Pause(bool paused)
    {
        if (IsPaused == paused) return;
        IsPaused = paused;
        Changed?.Invoke();
    }

    /// <summary>One whole range back (-1) or forward (+1); forward past now is live again.</summary>
    public void Step(int by)
    {
        var range = Range;
        var now = _clock.GetUtcNow();
        var (from, to) = range.Past is { } past
            ? (new DateTimeOffset(past.From, TimeSpan.Zero), new DateTimeOffset(past.To, TimeSpan.Zero))
            : (now - range.Span, now);
        (from, to) = (from + (by * range.Span), to + (by * range.Span));
        if (by < 0 && from < s_first) return;
        Show(to >= now ? ViewRange.Live(range.Span) : ViewRange.Between(from, to)!);
    }

    /// <summary>Shows what is live again, over the span it was live with last; over that of the range where it never was.</summary>
    public void BackToLive() => Show(ViewRange.Live(_liveSpan ?? Range.Span));

    /// <inheritdoc/>
    public void Dispose() => _navigation.LocationChanged -= OnLocationChanged;

    private void OnLocationChanged(object? sender, Microsoft.AspNetCore.Components.Routing.LocationChangedEventArgs change)
    {
        if (_read == change.Location) return;
        var before = _range;
        if (Range != before) Changed?.Invoke();
    }
}
