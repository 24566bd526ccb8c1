using MimeKit;

namespace LiveDash.Core.Notifications;

/// <summary>Sends a mail to one person by the mail server of the first channel that has one. Thread-safe.</summary>
public sealed class PersonalMail
{
    private readonly ChannelBook _channels;
    private readonly MailSender _sender;

    /// <summary>Sends by the channels of a book.</summary>
    public PersonalMail(ChannelBook channels, NotificationOptions options) => (_channels, _sender) = (channels, new MailSender(options));

    /// <summary>True where there is a mail server to send by.</summary>
    public bool IsSet => Channel is not null;

    private ChannelConfig? Channel => _channels.Channels.FirstOrDefault(static channel => channel.Kind == "mail");

    /// <summary>Whether a text is one address of mail, and nothing else.</summary>
    public static bool IsAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 2 and <= 254 && !text.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c)) && MailboxAddress.TryParse(text, out var parsed) && parsed.Address == text && text.Contains('@', StringComparison.Ordinal);
    }

    /// <summary>Sends a mail.</summary>
    /// <param name="to">The person's address; see <see cref="IsAddress"/>.</param>
    /// <param name="subject">Its first line.</param>
    /// <param name="text">What it says, as plain text.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>How it ended; a refusal where there is no server to send by.</returns>
    public async Task<NotifyResult> SendAsync(string to, string subject, string text, CancellationToken cancellationToken)
    {
        if (Channel is not { } channel) return NotifyResult.Refused("No channel of the kind mail is set up.");
        using var mail = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = text } };
        mail.From.Add(MailboxAddress.Parse(channel.From!));
        mail.To.Add(MailboxAddress.Parse(to));
        return await _sender.SendAsync(channel, mail, cancellationToken).ConfigureAwait(false);
    }
}
