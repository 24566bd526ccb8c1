using System.Diagnostics;
using LiveDash.Tests.Shared;
using LiveDash.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Tests.Web;

/// <summary>What a person sees on the terminal who starts the built program with settings it cannot start with.</summary>
public sealed class StartFaultTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("--urls=banana", "urls is 'banana', which is no address to listen on.")]
    [InlineData("--LiveDash:Limits:MaxBodyBytes=-4", "LiveDash:Limits:MaxBodyBytes is -4, but a limit is above zero.")]
    [InlineData("--LiveDash:Limits:MaxBodyBytes=many", "LiveDash:Limits:MaxBodyBytes")]
    [InlineData("--LiveDash:Engine:Shards=65", "LiveDash:Engine:Shards must be from 0 (one a core) to 64.")]
    [InlineData("--LiveDash:Engine:Tick=0", "LiveDash:Engine:Tick must be from 00:00:00.010 to 1.00:00:00.")]
    [InlineData("--urls=http://0.0.0.0:0", "which other machines can reach")]
    public async Task Start_BadSetting_IsOneLineAndExitCode2(string setting, string said)
    {
        using var data = new TempDirectory();

        var (code, lines) = await RunAsync(data.Path, setting);

        Assert.Equal(2, code);
        var line = Assert.Single(lines);
        Assert.StartsWith("LiveDash cannot start: ", line, StringComparison.Ordinal);
        Assert.Contains(said, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DataDirectoryInUse_IsOneLineAndExitCode2()
    {
        using var data = new TempDirectory();
        await using var first = await LiveApp.StartAsync(dataDirectory: data.Path);

        var (code, lines) = await RunAsync(data.Path);

        Assert.Equal(2, code);
        Assert.Contains("is in use by another LiveDash", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_SaysItWithoutAStackTrace()
    {
        using var data = new TempDirectory();
        await using var first = await LiveApp.StartAsync();

        var (code, lines) = await RunAsync(data.Path, $"--urls={first.Address}");

        Assert.Equal(2, code);
        Assert.Single(lines, static line => line.StartsWith("LiveDash cannot start: Failed to bind", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, static line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_ToldToStopMeanwhile_EndsWithExitCode0()
    {
        using var data = new TempDirectory();

        var code = await LiveDashApp.RunAsync(
            ["--urls", "http://127.0.0.1:0", $"--LiveDash:DataDirectory={data.Path}"],
            static builder => builder.Services.AddHostedService<StopOnStart>()).WaitAsync(s_patience);

        Assert.Equal(0, code);
    }

    private static async Task<(int Code, IReadOnlyList<string> Lines)> RunAsync(string dataDirectory, params IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(LiveDashApp).Assembly.Location, "--urls", "http://127.0.0.1:0", $"--LiveDash:DataDirectory={dataDirectory}" },
        };
        foreach (var setting in settings) start.ArgumentList.Add(setting);
        using var process = Process.Start(start)!;
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(s_patience);
            await process.WaitForExitAsync().WaitAsync(s_patience);
            return (process.ExitCode, string.Concat(said).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>The signal to stop, come while services are being started.</summary>
    private sealed class StopOnStart(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancel)
        {
            lifetime.StopApplication();
            cancel.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
    }
}
