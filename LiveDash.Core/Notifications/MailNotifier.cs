using System.Net.Mail;
using System.Net.Sockets;

namespace LiveDash.Core.Notifications;

/// <summary>Sends notices by SMTP, one mail a delivery; its Message-ID is made of the key, so that a repeat can be told. Thread-safe.</summary>
internal sealed class MailNotifier(NotificationOptions options) : INotifier
{
    private readonly AddressGuard _guard = new(options);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = ["mail"];

    /// <inheritdoc/>
    public async Task<NotifyResult> SendAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken)
    {
        string server;
        try
        {
            // The address that was looked at is the one connected to; with TLS the name is needed, and the certificate proves whose it is.
            var address = (await _guard.ResolveAsync(channel.Host!, cancellationToken))[0];
            server = channel.Tls == true ? channel.Host! : address.ToString();
        }
        catch (AddressRefusedException e)
        {
            return NotifyResult.Refused(e.Message);
        }
        catch (SocketException e)
        {
            return NotifyResult.Retry(e.Message);
        }

        using var client = new SmtpClient(server, channel.Port ?? 25) { EnableSsl = channel.Tls == true };
        using var mail = new MailMessage { From = new MailAddress(channel.From!), Body = NoticeText.Lines(delivery), Subject = Subject(delivery) };
        foreach (var to in channel.To!) mail.To.Add(to);
        mail.Headers.Add("Message-ID", $"<{Uri.EscapeDataString(delivery.Key)}@livedash>");
        try
        {
            await client.SendMailAsync(mail, cancellationToken);
            return NotifyResult.Delivered;
        }
        catch (SmtpFailedRecipientException e) when ((int)e.StatusCode is >= 500 and < 600)
        {
            return NotifyResult.Refused(e.Message);
        }
        catch (SmtpException e)
        {
            return NotifyResult.Retry(e.InnerException?.Message ?? e.Message);
        }
    }

    private static string Subject(Delivery delivery)
    {
        var first = delivery.Notices[0].Message;
        var line = NoticeText.Cut(new string([.. first.Select(static c => char.IsControl(c) ? ' ' : c)]), 150);
        return delivery.Notices.Count == 1 ? line : $"{line} and {delivery.Notices.Count - 1} more";
    }
}
