using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveDash.Tests.Architecture;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Security;

/// <summary>What the built program says when it ends by a fault that nobody handles.</summary>
public sealed class CrashTests
{
    [Fact]
    public void Dumps_OfThePrograms_AreSwitchedOffInUnitsAndCompose()
    {
        var deploy = Path.Combine(SourceTree.Root, "deploy");
        foreach (var unit in Directory.GetFiles(Path.Combine(deploy, "systemd"), "*.service")) Assert.Contains("\nLimitCORE=0\n", File.ReadAllText(unit), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(deploy, "compose*.yaml"))
        {
            var text = File.ReadAllText(file);
            Assert.Equal(text.Split("image: livedash\n").Length, text.Split("ulimits: { core: 0 }").Length);
        }
    }

    [Fact]
    public async Task Crash_WithSecretsSet_TellsTheFaultAndNoneOfThem()
    {
        using var data = new TempDirectory();
        using var dumps = new TempDirectory();
        using var fuse = new TcpListener(IPAddress.Loopback, 0);
        fuse.Start();
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(CrashTests).Assembly.Location,
            [StartupHook.Port] = ((IPEndPoint)fuse.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture),
            // A report of the crash is written beside the dump, where the system lets one be taken; it says what each thread did.
            ["DOTNET_DbgEnableMiniDump"] = "1", ["DOTNET_DbgMiniDumpType"] = "1", ["DOTNET_EnableCrashReport"] = "1", ["DOTNET_DbgMiniDumpName"] = Path.Combine(dumps.Path, "core"),
            ["Logging__LogLevel__Default"] = "Debug",
        };
        // Half of them as the environment has them, half as the command line has.
        var settings = SecretPlaces.Settings.Select(static (one, i) => (one.Key, one.Value, IsOfEnvironment: i % 2 == 0)).ToList();
        foreach (var (key, value, _) in settings.Where(static one => one.IsOfEnvironment)) environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var said = new List<string>();
        await using var server = await ServerProcess.StartAsync(data.Path, line => { lock (said) said.Add(line); }, [.. settings.Where(static one => !one.IsOfEnvironment).Select(static one => $"--{one.Key}={one.Value}"), "--LiveDash:Security:Mode=accounts"], environment);
        string? first = null;
        await Wait.UntilAsync(
            () =>
            {
                lock (said) first = said.Find(static line => line.Contains("/join/", StringComparison.Ordinal))?.Split("/join/")[1].Split(' ')[0];
                return first is not null;
            },
            "the address of the first administrator is printed");
        using var owner = new Person(server.Address, static cookies => new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false });
        using var joined = await owner.JoinAsync(first!, "ada");
        using var channels = new StringContent(SecretPlaces.Channels, Encoding.UTF8, "application/json");
        using var saved = await owner.Client.PutAsync(new Uri("/api/settings/channels", UriKind.Relative), channels);
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        using var lit = await fuse.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(30));

        lit.Close();

        Assert.NotEqual(0, await server.EndedAsync());
        string all;
        lock (said) all = string.Join('\n', said);
        Assert.Contains(StartupHook.Said, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Password, all, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretPlaces.Mark, all, StringComparison.Ordinal);
        foreach (var report in Directory.GetFiles(dumps.Path, "*.crashreport.json")) Assert.DoesNotContain(SecretPlaces.Mark, await File.ReadAllTextAsync(report), StringComparison.Ordinal);
        // Nothing of it is left beside the data either, encrypted as channels are there.
        foreach (var file in Directory.GetFiles(data.Path, "*", SearchOption.AllDirectories)) Assert.DoesNotContain(SecretPlaces.Mark, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
    }
}
