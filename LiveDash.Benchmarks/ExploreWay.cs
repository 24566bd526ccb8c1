using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace LiveDash.Benchmarks;

/// <summary>The steps of <see cref="ExploreBenchmark"/> as somebody at the page takes them; each throws where the page does not say what it should.</summary>
internal static class ExploreWay
{
    // Passes the server's own bytes on up to the given share of them, then stops or breaks.
    private const string HalfScript = """
        breaks => {
          const plain = window.livePlainFetch ??= window.fetch;
          window.fetch = async (url, options) => {
            if (!String(url).includes('/api/points?') || String(url).includes('after=')) return plain(url, options);
            const answer = await plain(url, options);
            const reader = answer.body.getReader();
            let left = 10e6;
            const body = new ReadableStream({
              async pull(controller) {
                if (left <= 0 && breaks) { reader.cancel(); controller.error(new TypeError('network error')); return; }
                if (left <= 0) { window.halfTaken = true; await new Promise(stop => options.signal.addEventListener('abort', stop)); controller.error(new DOMException('aborted', 'AbortError')); return; }
                const { value } = await reader.read();
                left -= value.length;
                controller.enqueue(value);
              },
            });
            return new Response(body, { headers: answer.headers });
          };
        }
        """;

    /// <summary>Drops a CSV file on the import page and waits until every row is kept.</summary>
    public static async Task ImportAsync(IPage page, Uri address, int points)
    {
        var file = Path.Combine(Path.GetTempPath(), $"livedash-{Environment.ProcessId}", "coords.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            await WriteAsync(file, points);
            await page.GotoAsync(address + "import");
            await page.Locator("input[type=file]:enabled").SetInputFilesAsync(file);
            var import = page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true });
            await import.WaitForAsync();
            var clock = Stopwatch.StartNew();
            await import.ClickAsync();
            var outcome = await page.Locator("[data-part=outcome]").TextContentAsync(new() { Timeout = 120_000 }) ?? "";
            if (!outcome.Contains($"{points.ToString("N0", CultureInfo.InvariantCulture)} rows kept, 0 refused", StringComparison.Ordinal)) throw new InvalidOperationException(outcome);
            Console.WriteLine($"import of {points:N0} rows of CSV on the page: {clock.ElapsedMilliseconds:N0} ms ({points / clock.Elapsed.TotalSeconds / 1e6:F2} M rows/s), durable, each with an id of its own");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    /// <summary>Draws a lasso by mouse and compares what the page says with the server's own answer.</summary>
    public static async Task LassoAsync(IPage page, HttpClient server)
    {
        await page.ClickAsync("[data-tool=lasso]");
        await page.Locator(".explore-plot").EvaluateAsync("plot => plot.scrollIntoView({ block: 'end' })");
        var plot = (await page.Locator(".explore-plot").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(plot.X + 600, plot.Y + 200);
        await page.Mouse.DownAsync();
        for (var angle = 0.1; angle < 6.2; angle += 0.1) await page.Mouse.MoveAsync(plot.X + 500 + (float)(130 * Math.Cos(angle)), plot.Y + 200 + (float)(130 * Math.Sin(angle)));
        var clock = Stopwatch.StartNew();
        await page.Mouse.UpAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.explore').dataset.within === 'shown'");
        var elapsed = clock.ElapsedMilliseconds;
        var found = await page.Locator(".explore").GetAttributeAsync("data-found");
        using var body = new StringContent(await page.GetByLabel("Shape as GeoJSON").InputValueAsync(), Encoding.UTF8, "application/geo+json");
        using var answer = await server.PostAsync(new Uri("/api/points/query?series=coords&fields=id", UriKind.Relative), body);
        var count = (await answer.Content.ReadAsStringAsync()).Count(static c => c == '\n');
        if (found != count.ToString(CultureInfo.InvariantCulture)) throw new InvalidOperationException($"The page says {found}, the server {count}.");
        Console.WriteLine($"lasso: {count:N0} points within, as the server says too, listed {elapsed:N0} ms after the mouse was let go");
    }

    /// <summary>Cancels a stream midway, then resumes it.</summary>
    public static async Task CancelAndResumeAsync(IPage page, int points)
    {
        await page.EvaluateAsync(HalfScript, false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show points" }).ClickAsync();
        await page.WaitForFunctionAsync("() => window.halfTaken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        await StateAsync(page, "cancelled");
        var had = await PointsAsync(page);
        if (had <= 0 || had >= points) throw new InvalidOperationException($"{had} points were there when it was cancelled.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true }).ClickAsync();
        await StateAsync(page, "done");
        if (await PointsAsync(page) != points) throw new InvalidOperationException($"{await PointsAsync(page)} points after resuming.");
        Console.WriteLine($"cancelled at {had:N0} points, resumed behind them: {points:N0}");
    }

    /// <summary>Breaks the connection midway; the page goes on by itself.</summary>
    public static async Task BreakAsync(IPage page, int points)
    {
        var asked = new List<string>();
        page.Request += (_, request) =>
        {
            lock (asked) asked.Add(request.Url);
        };
        await page.EvaluateAsync(HalfScript, true);
        await page.EvaluateAsync("() => { document.querySelector('.explore').dataset.state = 'waiting'; }");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show points" }).ClickAsync();
        await StateAsync(page, "done");
        if (await PointsAsync(page) != points) throw new InvalidOperationException($"{await PointsAsync(page)} points after a broken connection.");
        lock (asked)
        {
            if (!asked.Exists(static url => url.Contains("after=", StringComparison.Ordinal))) throw new InvalidOperationException("The page did not go on behind its last point.");
        }

        Console.WriteLine($"connection broken midway, gone on by itself behind the last point: {points:N0}");
    }

    private static Task StateAsync(IPage page, string state) => page.WaitForFunctionAsync("state => document.querySelector('.explore').dataset.state === state", state);

    private static async Task<int> PointsAsync(IPage page) => int.Parse((await page.Locator(".explore").GetAttributeAsync("data-points"))!, CultureInfo.InvariantCulture);

    private static async Task WriteAsync(string file, int points)
    {
        var random = new Random(1);
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("time,value,x,y");
        for (var i = 0; i < points; i++)
        {
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000_000 + i},{i % 97},{random.NextDouble() * 1000:F2},{random.NextDouble() * 1000:F2}"));
        }
    }
}
