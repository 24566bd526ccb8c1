using System.IO.Pipelines;
using System.Net.Http.Headers;
using LiveDash.Core.Ingestion.Decoding.Prometheus;
using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Scraping;

/// <summary>
/// One exporter. A scrape writes what it shows, and <c>up</c> (1, or 0 where it failed), <c>scrape_duration_seconds</c>, <c>scrape_samples_scraped</c> and <c>scrape_samples_post_metric_relabeling</c>. Missed ticks are not made up for.
/// </summary>
internal sealed class ScrapeTarget(Uri address, TimeSpan timeout, ScrapeNames names, SourceContext context, HttpClient client)
{
    /// <summary>The longest answer, unpacked.</summary>
    private const long MaxBytes = 128L * 1024 * 1024;

    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, context.Parts.Time);
        do
        {
            await StepAsync(cancellationToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Asks once and keeps nothing of it.</summary>
    public async Task<string> TestAsync(CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(cancellationToken).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var samples = text.Split('\n').Count(static line => line.Length > 0 && line[0] != '#');
        return $"{address} shows {samples:N0} samples.";
    }

    /// <summary>Asks once.</summary>
    internal async Task StepAsync(CancellationToken cancellationToken)
    {
        var time = context.Parts.Time;
        var began = time.GetTimestamp();
        var now = context.Now - context.Now % TimeSpan.TicksPerMillisecond;
        ExpositionDecoder? decoder = null;
        var isUp = true;
        await using var session = context.HastySession();
        using (var limit = new CancellationTokenSource(timeout, time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken))
        {
            try
            {
                using var answer = await AskAsync(either.Token).ConfigureAwait(false);
                decoder = new ExpositionDecoder(context.Parts.Admission, names, answer.Content.Headers.ContentType?.MediaType == "application/openmetrics-text");
                await ReadAsync(answer, decoder, session, now, either.Token).ConfigureAwait(false);
                context.State.Works($"{address} gave {decoder.Samples.Scraped:N0} samples.");
                context.Ledger.Report(null);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or QueueFullException && !cancellationToken.IsCancellationRequested)
            {
                isUp = false;
                var why = limit.IsCancellationRequested ? $"{address} did not answer within {timeout.TotalSeconds:0.#} s." : $"{address}: {e.Message}";
                context.State.Fails(why);
                context.Ledger.Report(why);
            }
        }

        AddOwn("up", isUp ? 1 : 0);
        AddOwn("scrape_duration_seconds", time.GetElapsedTime(began).TotalSeconds);
        if (decoder is not null)
        {
            AddOwn("scrape_samples_scraped", decoder.Samples.Scraped);
            AddOwn("scrape_samples_post_metric_relabeling", decoder.Samples.Kept);
        }

        void AddOwn(string name, double value)
        {
            if (names.Own(name) is >= 0 and var series) session.Add(series, now, value);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/openmetrics-text;version=1.0.0;q=0.9, text/plain;version=0.0.4;q=0.8, */*;q=0.1");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("LiveDash", null));
        request.Headers.Add("X-Prometheus-Scrape-Timeout-Seconds", timeout.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode) return answer;
        var status = (int)answer.StatusCode;
        answer.Dispose();
        throw new HttpRequestException($"It answered {status}.");
    }

    private static async Task ReadAsync(HttpResponseMessage answer, ExpositionDecoder decoder, IngestSession session, long now, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var total = 0L;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            var before = buffer.Length;
            while (true)
            {
                buffer = buffer.Slice(decoder.Decode(buffer, read.IsCompleted, now, session));
                if (!session.IsFull) break;
                await session.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            total += before - buffer.Length;
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (total > MaxBytes) throw new InvalidDataException($"The answer is longer than {MaxBytes} bytes.");
            if (read.IsCompleted) break;
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }
}
