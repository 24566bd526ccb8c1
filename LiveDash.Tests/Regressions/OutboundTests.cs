using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Alerts;
using LiveDash.Core.Configuration;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Core.Notifications;
using LiveDash.Tests.Shared;
using LiveDash.Web;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>Notices keep to what receivers ask, hold no half characters, and go to no address they should not; nothing listens where it must not.</summary>
public sealed class OutboundTests
{
    [Fact]
    public async Task Deliver_ReceiverSaysRetryAfter_IsLeftAloneForThatLong()
    {
        var answers = new Queue<NotifyResult>([NotifyResult.Retry("busy", TimeSpan.FromMinutes(10)), NotifyResult.Delivered]);
        var notifier = new RecordingNotifier((_, _) => Task.FromResult(answers.Dequeue()));
        using var harness = await NoticeHarness.StartAsync(notifier);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Single(notifier.Sent);
        await harness.PassAsync(TimeSpan.FromMinutes(9));
        Assert.Single(notifier.Sent);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, notifier.Sent.Count);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData(null, 0)]
    public async Task Send_RetryAfterHeader_IsRead(string? header, int seconds)
    {
        await using var receiver = await WebhookReceiver.StartAsync(static _ => 429, header);
        using var notifier = new WebhookNotifier(new NotificationOptions(), TimeProvider.System);
        var result = await notifier.SendAsync(new ChannelConfig { Name = "ops", Url = receiver.Address }, Sample(new Notice
        {
            Episode = "e", Channel = "ops", Kind = "firing", Number = 1, AlertId = "a", RuleId = "r", Rule = "r", Series = "s",
        }), default);
        Assert.Equal((NotifyOutcome.Retry, seconds), (result.Outcome, (int)(result.After?.TotalSeconds ?? 0)));
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(2, false)]
    public async Task Send_TooLargeWithItsLinks_GoesWithoutThemAndSaysSo(int notices, bool isTooLarge)
    {
        await using var receiver = await WebhookReceiver.StartAsync(static _ => 200);
        using var notifier = new WebhookNotifier(new NotificationOptions(), TimeProvider.System);
        var one = new Notice { Episode = "e", Channel = "ops", Kind = "firing", Number = 1, AlertId = "a", RuleId = "r", Rule = "r", Series = "s", Message = "hot", Link = "https://dash.example.org/notice/" + new string('x', 600), Picture = "https://dash.example.org/p/" + new string('x', 600) };
        var delivery = new Delivery { Key = "k", Channel = "ops", RuleId = "r", Notices = [.. Enumerable.Repeat(one, notices)], Sequence = 1, MadeAt = 0 };

        var result = await notifier.SendAsync(new ChannelConfig { Name = "ops", Url = receiver.Address }, delivery, default);

        Assert.Equal(NotifyOutcome.Delivered, result.Outcome);
        Assert.Equal(isTooLarge, result.Detail?.Contains("without its links", StringComparison.Ordinal) == true);
        var body = Assert.Single(receiver.Received).Body;
        Assert.Equal(!isTooLarge, body.Contains("/notice/", StringComparison.Ordinal));
        Assert.Equal(isTooLarge, body.Contains("links were left out", StringComparison.Ordinal));
        // Without links it is too large all the same: refused, as before.
        var large = delivery with { Notices = [one with { Message = new string('x', WebhookNotifier.MaxBodyBytes) }] };
        Assert.Equal(NotifyOutcome.Refused, (await notifier.SendAsync(new ChannelConfig { Name = "ops", Url = receiver.Address }, large, default)).Outcome);
    }

    [Fact]
    public void Cut_EmojiAtTheBorder_IsLeftWhole()
    {
        var text = new string('x', 499) + "\U0001F525 more";
        Assert.Equal(new string('x', 499), NoticeText.Cut(text, 500));
        Assert.Equal(new string('x', 499) + "\U0001F525", NoticeText.Cut(text, 501));
        Assert.Equal("short", NoticeText.Cut("short", 500));
    }

    [Fact]
    public async Task Channel_HalfCharacterOrHeaderBeyondAscii_IsRefusedWhenSaved()
    {
        await using var app = await LiveApp.StartAsync();
        foreach (var (channel, about) in new[]
        {
            ("""{"name":"a","kind":"webhook","url":"http://127.0.0.1:1","headers":{"X-Team":"Zürich"}}""", "header"),
            ("""{"name":"a","kind":"webhook","url":"http://127.0.0.1:1","headers":{"X-Team":"a\u0007b"}}""", "header"),
            ("""{"name":"a","kind":"webhook","url":"http://127.0.0.1:1","template":"half \ud83d of it"}""", ""),
        })
        {
            using var body = new StringContent($"[{channel}]", Encoding.UTF8, "application/json");
            using var answer = await app.Client.PutAsync(new Uri("/api/settings/channels", UriKind.Relative), body);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode is 400 or 422 && text.Contains(about, StringComparison.OrdinalIgnoreCase), $"{(int)answer.StatusCode} {text}");
        }

        Assert.NotEmpty(ChannelValidator.Validate([new ChannelConfig { Name = "a", Url = "http://127.0.0.1:1", Template = "half \ud83d of it" }], new NotificationOptions()));
        Assert.Empty(ChannelValidator.Validate([new ChannelConfig { Name = "a", Url = "http://127.0.0.1:1", Template = "whole \U0001F525" }], new NotificationOptions()));
    }

    [Theory]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::10.0.0.1")]
    [InlineData("64:ff9b:1:a00:1::")]
    [InlineData("::ffff:0:10.0.0.1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("100:0:0:1::1")]
    [InlineData("2001:2::1")]
    [InlineData("2002:0a00:0001::1")]
    [InlineData("2002:c0a8:0101::1")]
    [InlineData("::10.0.0.1")]
    [InlineData("::169.254.169.254")]
    [InlineData("fec0::1")]
    [InlineData("2001:0:a00:1::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:f5ff:fffe")]
    [InlineData("100::1")]
    public void IsAllowed_AddressThatStandsForAPrivateOne_IsNot(string address) =>
        Assert.False(new AddressGuard(new NotificationOptions()).IsAllowed(IPAddress.Parse(address)));

    [Theory]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:0808:0808::1")]
    public void IsAllowed_AddressThatStandsForAPublicOne_Is(string address) =>
        Assert.True(new AddressGuard(new NotificationOptions()).IsAllowed(IPAddress.Parse(address)));

    [Theory]
    [InlineData(25, false)]
    [InlineData(587, true)]
    [InlineData(465, true)]
    public async Task Mail_ServerOnAPrivateAddress_IsRefused(int port, bool tls)
    {
        var result = await new MailNotifier(new NotificationOptions()).SendAsync(
            new ChannelConfig { Name = "m", Kind = "mail", Host = "169.254.169.254", Port = port, Tls = tls, From = "a@example.org", To = ["b@example.org"] },
            Sample(new Notice { Episode = "e", Channel = "m", Kind = "firing", Number = 1, AlertId = "a", RuleId = "r", Rule = "r", Series = "s" }), default)
            .WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(NotifyOutcome.Refused, result.Outcome);
        Assert.Contains("AllowedAddresses", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loopback_OncePeopleSignIn_IsNoTargetUnlessListed()
    {
        await using var alone = await LiveApp.StartAsync();
        Assert.True(new AddressGuard(alone.Services.GetRequiredService<NotificationOptions>()).IsAllowed(IPAddress.Loopback));
        await using var accounts = await AccountsApp.StartAsync();
        Assert.False(new AddressGuard(accounts.App.Services.GetRequiredService<NotificationOptions>()).IsAllowed(IPAddress.Loopback));
    }

    [Fact]
    public void IsAllowed_LoopbackOnceItIsNotTrusted_IsNotUnlessListed()
    {
        var isTrusted = true;
        var guard = new AddressGuard(new NotificationOptions { TrustsLoopback = () => isTrusted });
        Assert.True(guard.IsAllowed(IPAddress.Loopback) && guard.IsAllowed(IPAddress.IPv6Loopback));
        isTrusted = false;
        Assert.False(guard.IsAllowed(IPAddress.Loopback) || guard.IsAllowed(IPAddress.IPv6Loopback) || guard.IsAllowed(IPAddress.Parse("::ffff:127.0.0.1")));
        var listed = new NotificationOptions { TrustsLoopback = static () => false };
        listed.AllowedAddresses.Add("127.0.0.1/32");
        Assert.True(new AddressGuard(listed).IsAllowed(IPAddress.Loopback));
    }

    [Theory]
    [InlineData("--Kestrel:Endpoints:a:Url=http://127.0.0.1:0", "--urls=http://0.0.0.0:0", "--preferHostingUrls=true")]
    [InlineData("--Kestrel:Endpoints:a:Url=http://127.0.0.1:0", "--urls=http://[::]:0", "--preferHostingUrls=true")]
    public async Task Listen_RemoteAddressThatGetsRoundTheSettings_IsRefusedWhenBound(params string[] settings)
    {
        using var directory = new TempDirectory();
        await using var app = LiveDashApp.Build([$"--LiveDash:DataDirectory={directory.Path}", "--LiveDash:HostMetrics:Enabled=false", .. settings]);
        var fault = await Assert.ThrowsAsync<SettingsException>(() => app.StartAsync());
        Assert.Contains("LiveDash:Security:Mode", fault.Message, StringComparison.Ordinal);
        await app.StopAsync();
    }

    private static Delivery Sample(params Notice[] notices) => new() { Key = notices[0].Key, Channel = "ops", RuleId = "r", Notices = notices, Sequence = 1, MadeAt = 1 };
}
