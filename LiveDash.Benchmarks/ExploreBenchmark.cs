using LiveDash.Benchmarks.Load;
using Microsoft.Playwright;

namespace LiveDash.Benchmarks;

/// <summary>
/// A file of 500,000 points goes in by the import page, and from the click on "Show points" to the moment Chromium has painted all of them on the explore page
/// the browser's own clock runs; then what one step of panning costs with all of them on screen, a lasso whose count the server must confirm, a cancelled
/// stream and a broken connection, both of which go on behind the last point.
/// </summary>
internal sealed class ExploreBenchmark : IBenchmark
{
    private const int Points = 500_000;
    private const int Rounds = 5;
    private const int Pans = 20;

    // The page says how many points its newest picture holds; it is on screen when the frame after it begins.
    private const string ShowScript = """
        async total => {
          const element = document.querySelector('.explore');
          const begun = performance.now();
          element.dataset.state = 'waiting';
          document.querySelector('.explore-form button[type=submit]').click();
          let first = 0;
          await new Promise(done => {
            const look = () => {
              if (!first && Number(element.dataset.painted) > 0 && element.dataset.state === 'reading') first = performance.now();
              if (element.dataset.state === 'done' && Number(element.dataset.painted) === total) requestAnimationFrame(() => setTimeout(done));
            };
            new MutationObserver(look).observe(element, { attributes: true });
          });
          return [(first || performance.now()) - begun, performance.now() - begun];
        }
        """;

    private const string PanScript = """
        async pans => {
          const plot = document.querySelector('.explore-plot [data-part=plot]');
          const times = [];
          for (let i = 0; i < pans; i++) {
            const begun = performance.now();
            const painted = new Promise(done => plot.once('plotly_afterplot', () => requestAnimationFrame(() => setTimeout(done))));
            plot.dispatchEvent(new KeyboardEvent('keydown', { key: i % 2 ? 'ArrowLeft' : 'ArrowRight' }));
            await painted;
            times.push(performance.now() - begun);
          }
          return times;
        }
        """;

    /// <inheritdoc/>
    public string Name => "explore";

    /// <inheritdoc/>
    public string About => "500,000 points in Chromium: import, click to all painted, panning, lasso, cancel, broken connection";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        await using var browser = await LiveBrowser.StartAsync();
        if (browser is null) return 0;

        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false");
        var page = await browser.NewPageAsync(height: 900);
        await ExploreWay.ImportAsync(page, server.Client.BaseAddress!, Points);
        await page.GotoAsync(server.Client.BaseAddress + "explore?series=coords");
        await page.Locator(".explore-plot .main-svg").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        List<double> first = [], all = [];
        for (var round = 0; round < Rounds; round++)
        {
            var times = await page.EvaluateAsync<double[]>(ShowScript, Points);
            first.Add(times[0]);
            all.Add(times[1]);
        }

        Console.WriteLine(
            $"click to {Points:N0} points painted: median {Meter.Median(all):F0} ms of {Rounds} (budget 2,000: {Meter.Verdict(Meter.Median(all) <= 2000)}); first picture after {Meter.Median(first):F0} ms");
        List<double> pans = [.. await page.EvaluateAsync<double[]>(PanScript, Pans)];
        Console.WriteLine($"a step of panning with all of them: median {Meter.Median(pans):F0} ms, slowest {pans[^1]:F0} ms of {Pans}");
        await ExploreWay.LassoAsync(page, server.Client);
        await ExploreWay.CancelAndResumeAsync(page, Points);
        await ExploreWay.BreakAsync(page, Points);
        return 0;
    }
}
