using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace LiveDash.Core.Notifications;

/// <summary>
/// Hands one mail to the server of a channel. With TLS the server's certificate is checked: from the first byte on port 465, by STARTTLS elsewhere. A user and password go
/// over TLS alone. Thread-safe.
/// </summary>
/// <param name="options">Says which addresses may be reached.</param>
/// <param name="trusts">Decides whether a server's certificate is good; null for the system's decision, which only a test replaces.</param>
internal sealed class MailSender(NotificationOptions options, RemoteCertificateValidationCallback? trusts = null)
{
    private const int TlsPort = 465;
    private readonly AddressGuard _guard = new(options);

    /// <summary>Sends it.</summary>
    public async Task<NotifyResult> SendAsync(ChannelConfig channel, MimeMessage mail, CancellationToken cancellationToken)
    {
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
}
