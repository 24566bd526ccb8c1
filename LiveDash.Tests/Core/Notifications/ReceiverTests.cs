using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Notifications;

/// <summary>Mail and programs as true receivers get them.</summary>
public sealed class ReceiverTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Mail_TrueServer_GetsWhomFromSubjectAndKey()
    {
        using var receiver = new MailReceiver();

        var result = await new MailNotifier(new NotificationOptions()).SendAsync(Mail(receiver.Port), Delivery(), default).WaitAsync(s_patience);

        Assert.Equal(NotifyResult.Delivered, result);
        var lines = await receiver.Received.WaitAsync(s_patience);
        Assert.Contains(lines, static line => line.StartsWith("MAIL FROM:<livedash@example.org>", StringComparison.Ordinal));
        Assert.Contains("RCPT TO:<ops@example.org>", lines);
        Assert.Contains("Subject: few orders fires", lines);
        Assert.Contains(lines, static line => line.Contains("e1%3Apager%3Afiring%3A1@livedash", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_RecipientUnknown_IsRefusedForGood()
    {
        using var receiver = new MailReceiver("550 no such user");

        var result = await new MailNotifier(new NotificationOptions()).SendAsync(Mail(receiver.Port), Delivery(), default).WaitAsync(s_patience);

        Assert.Equal(NotifyOutcome.Refused, result.Outcome);
    }

    [Fact]
    public async Task Mail_NobodyListens_IsTriedAgain()
    {
        int port;
        using (var gone = new MailReceiver()) port = gone.Port;

        var result = await new MailNotifier(new NotificationOptions()).SendAsync(Mail(port), Delivery(), default).WaitAsync(s_patience);

        Assert.Equal(NotifyOutcome.Retry, result.Outcome);
    }

    [Fact]
    public async Task Mail_UserAndPassword_GoEncryptedAfterStartTls()
    {
        using var certificate = Certificate();
        using var receiver = new MailReceiver(certificate: certificate);
        var channel = Mail(receiver.Port) with { Tls = true, User = "ops", Password = "s\u00e9cret" };

        var result = await new MailNotifier(new NotificationOptions(), Trusts(certificate)).SendAsync(channel, Delivery(), default).WaitAsync(s_patience);

        Assert.Equal(NotifyResult.Delivered, result);
        var lines = (await receiver.Received.WaitAsync(s_patience)).ToList();
        var signsIn = lines.FindIndex(static line => line.StartsWith("AUTH PLAIN ", StringComparison.Ordinal));
        Assert.InRange(lines.IndexOf("(encrypted)"), 1, signsIn);
        Assert.Equal("\0ops\0s\u00e9cret", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(lines[signsIn]["AUTH PLAIN ".Length..])));
        Assert.DoesNotContain(lines[..lines.IndexOf("(encrypted)")], static line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_WrongPassword_IsRefusedForGood()
    {
        using var certificate = Certificate();
        using var receiver = new MailReceiver(certificate: certificate, answerToUser: "535 no");

        var result = await new MailNotifier(new NotificationOptions(), Trusts(certificate)).SendAsync(Mail(receiver.Port) with { Tls = true, User = "ops", Password = "x" }, Delivery(), default).WaitAsync(s_patience);

        Assert.Equal(NotifyOutcome.Refused, result.Outcome);
        Assert.Contains("password", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_CertificateOfNobodyKnown_GetsNoPassword()
    {
        using var certificate = Certificate();
        using var receiver = new MailReceiver(certificate: certificate);

        var result = await new MailNotifier(new NotificationOptions()).SendAsync(Mail(receiver.Port) with { Tls = true, User = "ops", Password = "x" }, Delivery(), default).WaitAsync(s_patience);

        Assert.NotEqual(NotifyOutcome.Delivered, result.Outcome);
    }

    [Fact]
    public async Task Mail_ServerWithoutStartTls_IsRefusedNotSentInTheClear()
    {
        using var receiver = new MailReceiver();

        var result = await new MailNotifier(new NotificationOptions()).SendAsync(Mail(receiver.Port) with { Tls = true }, Delivery(), default).WaitAsync(s_patience);

        Assert.Equal(NotifyOutcome.Refused, result.Outcome);
    }

    [Fact]
    public async Task Mail_LettersOfAnyScript_ArriveAsUtf8()
    {
        using var receiver = new MailReceiver();
        var delivery = Delivery() with { Notices = [Delivery().Notices[0] with { Message = "Gr\u00f6\u00dfe \u6e29\u5ea6 \u05d7" }] };

        Assert.Equal(NotifyResult.Delivered, await new MailNotifier(new NotificationOptions()).SendAsync(Mail(receiver.Port), delivery, default).WaitAsync(s_patience));

        var lines = await receiver.Received.WaitAsync(s_patience);
        var mail = MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join("\r\n", lines.SkipWhile(static l => l != "DATA").Skip(1).TakeWhile(static l => l != ".")))));
        Assert.Equal("Gr\u00f6\u00dfe \u6e29\u5ea6 \u05d7", mail.Subject);
        Assert.Contains("\u6e29\u5ea6", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_MailPassword_IsHiddenAndKeptForTheSameServerAlone()
    {
        var kept = Mail(587) with { Tls = true, User = "ops", Password = "secret" };
        var shown = ChannelSecrets.Hide(kept);

        Assert.Equal(ChannelSecrets.Hidden, shown.Password);
        Assert.Equal("secret", ChannelSecrets.Restore(shown, kept).Password);
        foreach (var moved in new[] { shown with { Host = "evil.example.org" }, shown with { Port = 25 }, shown with { Tls = null }, shown with { User = "other" } })
        {
            Assert.Equal(ChannelSecrets.Hidden, ChannelSecrets.Restore(moved, kept).Password);
            Assert.NotEmpty(ChannelValidator.Validate([ChannelSecrets.Restore(moved, kept)], new NotificationOptions()));
        }

        Assert.Empty(ChannelValidator.Validate([kept], new NotificationOptions()));
        Assert.Contains("TLS", Assert.Single(ChannelValidator.Validate([kept with { Tls = null }], new NotificationOptions())).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat", true, NotifyOutcome.Delivered)]
    [InlineData("true", true, NotifyOutcome.Delivered)]
    [InlineData("false", true, NotifyOutcome.Retry)]
    [InlineData("true", false, NotifyOutcome.Refused)]
    public async Task Command_Program_DecidesByItsExitCode(string program, bool isAllowed, NotifyOutcome outcome)
    {
        var notifier = new CommandNotifier(new NotificationOptions { AllowCommands = isAllowed });

        if (OperatingSystem.IsWindows()) return;
        var result = await notifier.SendAsync(new ChannelConfig { Name = "pager", Kind = "command", Command = program }, Delivery(), default).WaitAsync(s_patience);

        Assert.Equal(outcome, result.Outcome);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private static RemoteCertificateValidationCallback Trusts(X509Certificate2 known) => (_, certificate, _, _) => known.Equals(certificate);

    private static ChannelConfig Mail(int port) =>
        new() { Name = "pager", Kind = "mail", Host = "127.0.0.1", Port = port, From = "livedash@example.org", To = ["ops@example.org"] };

    private static Delivery Delivery() => new()
    {
        Key = "e1:pager:firing:1", Channel = "pager", RuleId = "few", Sequence = 1, MadeAt = 1,
        Notices =
        [
            new() { Episode = "e1", Channel = "pager", Kind = "firing", Number = 1, AlertId = "a", RuleId = "few", Rule = "few orders", Series = "orders", Message = "few orders fires" },
        ],
    };
}
