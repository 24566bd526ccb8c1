using LiveDash.Core.Configuration;
using LiveDash.Tests.Shared;
using LiveDash.Web;
using LiveDash.Web.Security;
using Microsoft.Extensions.Configuration;

namespace LiveDash.Tests.Web.Security;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://127.9.9.9:0")]
    [InlineData("http://localhost:5000")]
    [InlineData("https://LOCALHOST")]
    [InlineData("http://[::1]:5000")]
    [InlineData("http://unix:/run/livedash.sock")]
    public void Check_Loopback_IsAllowed(string url) => ListenAddresses.Check(Settings(("urls", url)), new());

    [Theory]
    [InlineData("http://0.0.0.0:5000")]
    [InlineData("http://*:5000")]
    [InlineData("http://+:80")]
    [InlineData("http://[::]:5000")]
    [InlineData("http://192.168.1.4:5000")]
    [InlineData("http://example.org:5000")]
    [InlineData("http://localhost.example.org:5000")]
    [InlineData("http://127.0.0.1:5000;http://0.0.0.0:5001")]
    public void Check_Remote_IsRefusedNamingTheSetting(string url)
    {
        var refusal = Assert.Throws<SettingsException>(() => ListenAddresses.Check(Settings(("urls", url)), new()));

        Assert.Contains("LiveDash:Security:AllowRemote", Assert.Single(refusal.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_ports", "8080")]
    [InlineData("https_ports", "8443")]
    [InlineData("Kestrel:Endpoints:Open:Url", "http://0.0.0.0:80")]
    public void Check_RemoteByOtherSettings_IsRefused(string setting, string value) =>
        Assert.Throws<SettingsException>(() => ListenAddresses.Check(Settings((setting, value)), new()));

    [Fact]
    public void Check_RemoteAllowed_Passes() =>
        ListenAddresses.Check(Settings(("urls", "http://0.0.0.0:5000")), new() { AllowRemote = true });

    [Fact]
    public void Build_RemoteAddressOnTheCommandLine_IsRefused()
    {
        using var data = new TempDirectory();

        Assert.Throws<SettingsException>(() => LiveDashApp.Build(["--urls", "http://0.0.0.0:0", "--LiveDash:DataDirectory=" + data.Path]));
    }

    [Fact]
    public async Task RunAsync_RemoteAddress_ExitsWithTwo() =>
        Assert.Equal(2, await LiveDashApp.RunAsync(["--urls", "http://0.0.0.0:0"]));

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
}
