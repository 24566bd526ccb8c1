using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace LiveDash.Core.Notifications;

/// <summary>
/// Sends notices by SMTP, one mail a delivery; its Message-ID is made of the key, so that a repeat can be told. With TLS the server's certificate is checked:
/// from the first byte on port 465, by STARTTLS elsewhere. A user and password go over TLS alone. Thread-safe.
/// </summary>
/// <param name="options">Says which addresses may be reached.</param>
/// <param name="trusts">Decides whether a server's certificate is good; null for the system's decision, which only a test replaces.</param>
internal sealed class MailNotifier(NotificationOptions options, RemoteCertificateValidationCallback? trusts = null) : INotifier
{
    private const int TlsPort = 465;
    private readonly AddressGuard _guard = new(options);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = ["mail"];

    /// <inheritdoc/>
    public async Task<NotifyResult> SendAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken)
    {
        using var mail = Compose(channel, delivery);
        using var client = new SmtpClient { ServerCertificateValidationCallback = trusts };
        try
        {
            // The addresses that were looked at are those connected to, with TLS too; the certificate is held against the name.
            var stream = await _guard.ConnectAsync(channel.Host!, channel.Port ?? 25, cancellationToken).ConfigureAwait(false);
            await using var connected = stream.ConfigureAwait(false);
            await client.ConnectAsync(stream, channel.Host!, channel.Port ?? 25, Security(channel), cancellationToken).ConfigureAwait(false);
            if (!string.IsNullOrEmpty(channel.User)) await client.AuthenticateAsync(channel.User, channel.Password ?? "", cancellationToken).ConfigureAwait(false);
            await client.SendAsync(mail, cancellationToken).ConfigureAwait(false);
            await client.DisconnectAsync(quit: true, cancellationToken).ConfigureAwait(false);
            return NotifyResult.Delivered;
        }
        catch (AddressRefusedException exception)
        {
            return NotifyResult.Refused(exception.Message);
        }
        catch (AuthenticationException exception)
        {
            return NotifyResult.Refused("The mail server refuses the user and password: " + exception.Message);
        }
        catch (SmtpCommandException exception) when ((int)exception.StatusCode is >= 500 and < 600)
        {
            return NotifyResult.Refused(exception.Message);
        }
        catch (NotSupportedException exception)
        {
            return NotifyResult.Refused("The mail server offers no STARTTLS or no sign-in: " + exception.Message);
        }
        catch (Exception exception) when (exception is CommandException or ProtocolException or IOException or SocketException or SslHandshakeException)
        {
            return NotifyResult.Retry(exception.Message);
        }
    }

    private static SecureSocketOptions Security(ChannelConfig channel) =>
        channel.Tls != true ? SecureSocketOptions.None : channel.Port == TlsPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;

    private static MimeMessage Compose(ChannelConfig channel, Delivery delivery)
    {
        var mail = new MimeMessage { Subject = Subject(delivery), Body = new TextPart("plain") { Text = NoticeText.Lines(delivery) } };
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
