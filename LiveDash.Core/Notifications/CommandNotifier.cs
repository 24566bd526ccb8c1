using System.Diagnostics;

namespace LiveDash.Core.Notifications;

/// <summary>
/// Runs a program with the notices on its standard input as JSON; exit code 0 is success. Only where the settings file allows commands. Thread-safe.
/// </summary>
internal sealed class CommandNotifier(NotificationOptions options) : INotifier
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = ["command"];

    /// <inheritdoc/>
    public async Task<NotifyResult> SendAsync(ChannelConfig channel, Delivery delivery, CancellationToken cancellationToken)
    {
        if (!options.AllowCommands) return NotifyResult.Refused("Commands are off: LiveDash:Notifications:AllowCommands.");
        var start = new ProcessStartInfo(channel.Command!) { RedirectStandardInput = true, UseShellExecute = false };
        start.Environment["LIVEDASH_KEY"] = delivery.Key;
        using var process = Process.Start(start);
        if (process is null) return NotifyResult.Retry("The program did not start.");
        try
        {
            await WriteAsync(process.StandardInput, WebhookBodies.WriteGeneral(delivery), cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? NotifyResult.Delivered : NotifyResult.Retry($"The program ended with code {process.ExitCode}.");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task WriteAsync(StreamWriter input, byte[] notices, CancellationToken cancellationToken)
    {
        try
        {
            await input.BaseStream.WriteAsync(notices, cancellationToken);
            input.Close();
        }
        catch (IOException)
        {
            // A program need not read what it is given: its exit code decides.
        }
    }
}
