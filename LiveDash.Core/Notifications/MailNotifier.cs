using System.Net.Mail;

namespace LiveDash.Core.Notifications;

/// <summary>Sends notices by SMTP, one mail a delivery; its Message-ID is made of the key, so that a repeat can be told. Thread-safe.</summary>
internal sealed class MailNotifier : INotifier
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = ["mail"];

    /// <inheritdoc/>
    public async Task<NotifyResult> SendAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient(channel.Host, channel.Port ?? 25) { EnableSsl = channel.Tls == true };
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
        var line = new string([.. first.Select(static c => char.IsControl(c) ? ' ' : c).Take(150)]);
        return delivery.Notices.Count == 1 ? line : $"{line} and {delivery.Notices.Count - 1} more";
    }
}
