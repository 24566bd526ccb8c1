using System.Net.Security;
using MimeKit;

namespace LiveDash.Core.Notifications;

/// <summary>Sends notices by SMTP, one mail a delivery; its Message-ID is made of the key, so that a repeat can be told. Thread-safe.</summary>
/// <param name="options">Says which addresses may be reached.</param>
/// <param name="trusts">Decides whether a server's certificate is good; null for the system's decision, which only a test replaces.</param>
internal sealed class MailNotifier(NotificationOptions options, RemoteCertificateValidationCallback? trusts = null) : INotifier
{
    private readonly MailSender _sender = new(options, trusts);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = ["mail"];

    /// <inheritdoc/>
    public async Task<NotifyResult> SendAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken)
    {
        using var mail = Compose(channel, delivery);
        return await _sender.SendAsync(channel, mail, cancellationToken).ConfigureAwait(false);
    }

    private static MimeMessage Compose(ChannelConfig channel, Delivery delivery)
    {
        var mail = new MimeMessage { Subject = Subject(delivery), Body = new TextPart("plain") { Text = NoticeText.LinesWithLinks(delivery) } };
        mail.From.Add(MailboxAddress.Parse(channel.From!));
        foreach (var to in channel.To!) mail.To.Add(MailboxAddress.Parse(to));
        mail.Headers.Replace(HeaderId.MessageId, $"<{Uri.EscapeDataString(delivery.Key)}@livedash>");
        return mail;
    }

    private static string Subject(Delivery delivery)
    {
        var first = delivery.Notices[0].Message;
        var line = NoticeText.Cut(new string([.. first.Select(static c => char.IsControl(c) ? ' ' : c)]), 150);
        return delivery.Notices.Count == 1 ? line : $"{line} and {delivery.Notices.Count - 1} more";
    }
}
