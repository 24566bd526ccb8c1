using System.Globalization;
using LiveDash.Core.Configuration;
using LiveDash.Core.Engine;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Windows.Aggregates;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Settings;

/// <summary>
/// The aggregates of one series under the window in force and under the one being edited, side by side, twice a second. It leases both windows from the
/// engine while it is shown.
/// </summary>
public sealed partial class WindowPreview : ComponentBase, IAsyncDisposable
{
    private const int MaxNames = 500;
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(500);
    private static readonly string[] s_always = ["count", "sum", "mean", "min", "max", "std", "rate", "slope"];
    private static readonly string[] s_moments = ["oldest", "newest"];
    private readonly CancellationTokenSource _closed = new();
    private string[,] _values = new string[2, 0];
    private string[] _rows = [];
    private string[] _asked = [];
    private AggregateSpec[] _needs = [];
    private readonly long[] _versions = [-1, -1];
    private Task _watch = Task.CompletedTask;
    private WindowLease? _savedLease;
    private WindowLease? _editedLease;
    private WindowChoice? _saved;
    private WindowChoice? _edited;
    private string[] _names = [];
    private string _text = "";
    private string _hint = "";
    private int _series = -1;
    private bool _isOwn;

    /// <summary>The settings in force.</summary>
    [Parameter, EditorRequired]
    public required WindowPlan Saved { get; set; }

    /// <summary>The settings as edited, while they are valid.</summary>
    [Parameter, EditorRequired]
    public required WindowPlan Edited { get; set; }

    /// <summary>Aggregates beyond those that are always computed.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Asked { get; set; }

    /// <summary>The series to try it on until somebody chooses another; empty for any.</summary>
    [Parameter]
    public string Typical { get; set; } = "";

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private WindowScope Scope { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _watch;
        _savedLease?.Dispose();
        _editedLease?.Dispose();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_rows.Length == 0 || !_asked.SequenceEqual(Asked))
        {
            _asked = [.. Asked];
            _needs = [.. _asked.Select(AggregateSpec.Parse)];
            _rows = [.. s_always, .. _asked, .. s_moments];
            _values = new string[2, _rows.Length];
            // Leased anew, for the window has to keep what the new ones need.
            Take(ref _savedLease, ref _saved, null);
            Take(ref _editedLease, ref _edited, null);
        }

        if (!_isOwn && Typical.Length > 0 && Typical != _text) Choose(Typical);
        else if (_series < 0 && Catalog.Count > 0 && _text.Length == 0) Choose(FirstName());
        else Lease();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watch = WatchAsync();
    }

    private string FirstName()
    {
        _names = [.. SeriesSearch.Find(Catalog, "").Shown.Select(key => key.ToString())];
        return _names.Contains("cpu.usage") ? "cpu.usage" : _names[0];
    }

    private void ChooseOwn(string text)
    {
        _isOwn = true;
        Choose(text);
    }

    private void Choose(string text)
    {
        _text = text.Trim();
        _names = [.. SeriesSearch.Find(Catalog, _text).Shown.Select(key => key.ToString()).Take(MaxNames)];
        if (!Catalog.TryFind(_text, out _series)) _series = -1;
        Lease();
    }

    private void Lease()
    {
        if (_series < 0)
        {
            Take(ref _savedLease, ref _saved, null);
            Take(ref _editedLease, ref _edited, null);
            return;
        }

        var key = Catalog[_series];
        Take(ref _savedLease, ref _saved, Saved.Choose(key));
        Take(ref _editedLease, ref _edited, Edited.Choose(key));
        _hint = _edited == _saved ? "The edited settings give it the same window." : $"Edited: {WindowWords.Describe(_edited!.Spec)}.";
        Read();
    }

    private void Take(ref WindowLease? lease, ref WindowChoice? now, WindowChoice? wanted)
    {
        if (now == wanted && (lease is null || lease.Series == _series)) return;
        lease?.Dispose();
        lease = wanted is null ? null : Scope.Lease(_series, wanted.Spec, _needs, wanted.Lateness);
        now = wanted;
        Array.Fill(_versions, -1);
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(s_period, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_closed.Token))
            {
                if (Catalog.Count > 0 && _series < 0 && _text.Length == 0) Choose(FirstName());
                if (Read()) StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private bool Read()
    {
        var changed = Read(0, _savedLease);
        return Read(1, _editedLease) || changed;
    }

    private bool Read(int column, WindowLease? lease)
    {
        if (lease?.Read() is not { } snapshot || snapshot.Version == _versions[column]) return false;
        _versions[column] = snapshot.Version;
        var unit = ValueFormat.UnitOf(Catalog[lease.Series]);
        var summary = snapshot.Summary;
        string[] texts = snapshot.Version == 0
            ? [.. _rows.Select(static _ => "…")]
            :
            [
                summary.Count.ToString("N0", CultureInfo.InvariantCulture), Text(summary.Sum, unit),
                Text(summary.Mean, unit), Text(summary.Min, unit), Text(summary.Max, unit), Text(summary.Std, unit),
                Text(summary.Rate, ValueUnit.Number), Text(summary.Slope, ValueUnit.Number),
                .. _needs.Select((need, i) => Text(snapshot.Extras[i], AggregateUnit.Of(need, unit))),
                Moment(summary.FirstTime), Moment(summary.LastTime),
            ];
        for (var i = 0; i < texts.Length; i++) _values[column, i] = texts[i];
        return true;
    }

    private static string Text(double value, ValueUnit unit) => ValueFormat.Format(value, unit).ToString();

    private string Moment(long ticks) => ticks == 0 ? "–" : Zone.TimeText(ticks);
}
