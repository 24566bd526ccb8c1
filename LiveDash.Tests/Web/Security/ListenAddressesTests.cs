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
    public void Read_LoopbackAlone_AsksNobody(string url) => Assert.Equal(SecurityMode.Loopback, SecurityState.Read(Settings(("urls", url))).Mode);

    [Theory]
    [InlineData("http://0.0.0.0:5000")]
    [InlineData("http://*:5000")]
    [InlineData("http://+:80")]
    [InlineData("http://[::]:5000")]
    [InlineData("http://192.168.1.4:5000")]
    [InlineData("http://example.org:5000")]
    [InlineData("http://localhost.example.org:5000")]
    [InlineData("http://127.0.0.1:5000;http://0.0.0.0:5001")]
    public void Read_BeyondTheLoopbackWithoutTls_IsRefusedNamingWhatHelps(string url)
    {
        var fault = Assert.Single(Assert.Throws<SettingsException>(() => SecurityState.Read(Settings(("urls", url)))).Faults);

        Assert.Contains("without TLS", fault, StringComparison.Ordinal);
        Assert.Contains("LiveDash:Security:KnownProxies", fault, StringComparison.Ordinal);
        Assert.Contains("Kestrel:Certificates:Default", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_ports", "8080")]
    [InlineData("Kestrel:Endpoints:Open:Url", "http://0.0.0.0:80")]
    public void Read_BeyondTheLoopbackByOtherSettings_IsRefused(string setting, string value) =>
        Assert.Throws<SettingsException>(() => SecurityState.Read(Settings((setting, value))));

    [Theory]
    [InlineData("urls", "https://0.0.0.0:5000")]
    [InlineData("https_ports", "8443")]
    [InlineData("Kestrel:Endpoints:Open:Url", "https://*:443")]
    public void Read_BeyondTheLoopbackByTls_AsksForAccounts(string setting, string value) => Assert.Equal(SecurityMode.Accounts, SecurityState.Read(Settings((setting, value))).Mode);

    [Fact]
    public void Read_BeyondTheLoopbackBehindAListedProxy_AsksForAccounts() =>
        Assert.Equal(SecurityMode.Accounts, SecurityState.Read(Settings(("urls", "http://0.0.0.0:5000"), ("LiveDash:Security:KnownProxies:0", "10.0.0.7"))).Mode);

    [Fact]
    public void Read_ModeLoopbackBeyondIt_IsRefusedEvenByTls() =>
        Assert.Contains("Mode is loopback", Assert.Throws<SettingsException>(() => SecurityState.Read(Settings(("urls", "https://0.0.0.0:5000"), ("LiveDash:Security:Mode", "loopback")))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ModeOpen_ListensAnywhere() => Assert.Equal(SecurityMode.Open, SecurityState.Read(Settings(("urls", "http://0.0.0.0:5000"), ("LiveDash:Security:Mode", "open"))).Mode);

    [Theory]
    [InlineData("LiveDash:Security:Mode", "closed", "loopback, accounts, proxy, open")]
    [InlineData("LiveDash:Security:Mode", "1", "loopback, accounts, proxy, open")]
    [InlineData("LiveDash:Security:Mode", "proxy", "KnownProxies")]
    [InlineData("LiveDash:Security:KnownProxies:0", "nginx", "10.0.0.0/8")]
    [InlineData("LiveDash:Security:AllowRemote", "true", "Mode=open")]
    public void Read_WrongSetting_SaysWhatIsRight(string setting, string value, string said) =>
        Assert.Contains(said, Assert.Throws<SettingsException>(() => SecurityState.Read(Settings((setting, value)))).Message, StringComparison.Ordinal);

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
