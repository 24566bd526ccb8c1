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
