using System.Net;
using System.Net.Http.Headers;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs.Remote;

/// <summary>
/// The points of a server elsewhere, by <c>GET /api/points</c> as Apache Arrow: streamed, and resumed behind the last whole batch where the connection is cut.
/// Thread-safe; reads on the calling thread.
/// </summary>
internal sealed class RemotePoints : IPlotPoints
{
    /// <summary>The header by which a worker says that it is one, with its machine's name: a server that wants a key of workers tells them so.</summary>
    internal const string WorkerHeader = "X-LiveDash-Worker";

    // Kestrel takes a request line of 8 KiB; more series than fit are asked for in turn.
    private const int MostAddress = 6_000;
    private const int MostCuts = 8;
    private readonly HttpClient _client;

    /// <summary>How long it waits before it asks again after a cut. Default 1 s.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Made for one server.</summary>
    /// <param name="server">Its address, with a path where it has one.</param>
    /// <param name="key">What lets this worker read, or null.</param>
    internal RemotePoints(Uri server, string? key)
    {
        _client = new HttpClient { BaseAddress = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/"), Timeout = TimeSpan.FromSeconds(100) };
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(ArrowBlocks.MediaType));
        _client.DefaultRequestHeaders.Add(WorkerHeader, Environment.MachineName);
        if (!string.IsNullOrEmpty(key)) _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <inheritdoc/>
    public void Scan(IReadOnlyList<PlotSeries> series, TimeRange range, bool locatedOnly, Action<PointBlock> onBlock, CancellationToken cancellationToken)
    {
        var numbers = series.ToDictionary(static s => s.Key.ToString(), static s => s.Number, StringComparer.Ordinal);
        var fields = locatedOnly ? "id,series,t,value,pt" : "id,series,t,value";
        var tail = $"from={Uri.EscapeDataString(TimeText.Format(range.From))}&to={Uri.EscapeDataString(TimeText.Format(range.To))}&fields={fields}";
        var names = new List<string>();
        var length = 0;
        foreach (var one in series)
        {
            var name = "series=" + Uri.EscapeDataString(one.Key.ToString());
            if (names.Count > 0 && length + name.Length > MostAddress)
            {
                Read(string.Join('&', names) + "&" + tail, numbers, onBlock, cancellationToken);
                names.Clear();
                length = 0;
            }

            names.Add(name);
            length += name.Length + 1;
        }

        if (names.Count > 0) Read(string.Join('&', names) + "&" + tail, numbers, onBlock, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private void Read(string query, Dictionary<string, int> numbers, Action<PointBlock> onBlock, CancellationToken cancellationToken)
    {
        var after = "";
        for (var cuts = 0; ; cuts++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "api/points?" + query + after);
                using var answer = _client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                Check(answer);
                using var body = answer.Content.ReadAsStream(cancellationToken);
                using var stop = cancellationToken.Register(static state => ((HttpResponseMessage)state!).Dispose(), answer);
                using var blocks = new ArrowBlocks(body, numbers);
                while (blocks.Next(out var block))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (block.Count > 0) onBlock(block);
                    after = $"&after={Uri.EscapeDataString(TimeText.Format(blocks.LastTime))},{blocks.LastId}";
                    cuts = 0;
                }

                return;
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException { StatusCode: null } or ObjectDisposedException && !cancellationToken.IsCancellationRequested && cuts < MostCuts)
            {
                cancellationToken.WaitHandle.WaitOne(Pause);
            }
            catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not OperationCanceledException and not PlotException)
            {
                // Cancelled in the middle of a read, which cuts it off: no fault of the job.
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static void Check(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode) return;
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) throw new PlotException("The server does not let this worker read points: give it a key that may (--key).");
        if ((int)answer.StatusCode is >= 400 and < 500 and not 429 and not 408) throw new PlotException($"The server refused to give the points ({(int)answer.StatusCode}).");
        throw new IOException($"The server answered {(int)answer.StatusCode}.");
    }
}
