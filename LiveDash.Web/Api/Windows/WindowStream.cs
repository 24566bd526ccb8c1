using System.Text.Json;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Web.Api.Reading;

namespace LiveDash.Web.Api.Windows;

/// <summary>
/// Server-Sent Events of windows: each chosen window once at the start and then whenever it changes, at most so many times a second. Windows that
/// change faster are told of with their newest state.
/// </summary>
internal sealed class WindowStream(
    WindowQuery query, SeriesCatalog catalog, LiveEngine engine, TimeProvider time, TimeSpan pause, StreamPlace place) : IResult
{
    private static readonly byte[] s_before = "event: window\ndata: "u8.ToArray();
    private static readonly byte[] s_after = "\n\n"u8.ToArray();
    private readonly ChangeSignal _signal = new();
    private readonly SortedDictionary<int, WindowLease> _leases = [];
    private readonly Dictionary<int, long> _sent = [];
    private int _seenSeries;
    private string? _refusal;
    private bool _refusalTold;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await EventStream.RunAsync(httpContext, RunAsync);
        }
        finally
        {
            foreach (var lease in _leases.Values) lease.Dispose();
            place.Dispose();
        }
    }

    private async Task RunAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        using var newSeries = engine.ListenToNewSeries(_signal);
        _signal.Raise();
        while (true)
        {
            await EventStream.WaitAsync(response, ChangedAsync, time, cancellationToken);
            LeaseNewSeries();
            await TellRefusalAsync(response, cancellationToken);
            if (await WriteChangesAsync(response, cancellationToken)) await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async Task<bool> ChangedAsync(CancellationToken cancellationToken)
    {
        await _signal.WaitAsync(cancellationToken);
        return true;
    }

    private void LeaseNewSeries()
    {
        var count = catalog.Count;
        if (count == _seenSeries) return;
        _seenSeries = count;
        foreach (var series in query.Choose())
        {
            if (_leases.Count >= WindowQuery.MaxSeries) break;
            if (_leases.ContainsKey(series)) continue;
            if (!place.TryUse(out _refusal)) break;
            var choice = query.ChoiceFor(catalog[series]);
            _leases[series] = engine.LeaseWindow(series, choice.Spec, query.Needs, _signal, choice.Lateness);
        }
    }

    // A series that joins later may be one too many: the reader is told once that it does not see all.
    private async Task TellRefusalAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        if (_refusal is not { } refusal || _refusalTold) return;
        _refusalTold = true;
        await response.WriteAsync($"event: limit\ndata: {JsonSerializer.Serialize(new { code = "too_many_windows", detail = refusal }, JsonSerializerOptions.Web)}\n\n", cancellationToken);
    }

    private async Task<bool> WriteChangesAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var wrote = false;
        foreach (var (series, lease) in _leases)
        {
            var snapshot = lease.Read();
            // Version 0 is a window whose history is still being read.
            if (snapshot.Version == 0 || _sent.GetValueOrDefault(series) == snapshot.Version) continue;
            _sent[series] = snapshot.Version;
            var answer = WindowAnswer.From(catalog[series], lease.Spec, query.Needs, snapshot, engine.NowTicks, catalog.States);
            var body = response.BodyWriter;
            await body.WriteAsync(s_before, cancellationToken);
            await body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, JsonSerializerOptions.Web), cancellationToken);
            await body.WriteAsync(s_after, cancellationToken);
            wrote = true;
        }

        return wrote;
    }
}
