namespace LiveDash.Web;

/// <summary>While it lives, Ctrl+C breaks off what a command does instead of ending the process.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Begins to listen.</summary>
    public Interruption() => Console.CancelKeyPress += Break;

    /// <summary>Cancelled by Ctrl+C.</summary>
    public CancellationToken Token => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.CancelKeyPress -= Break;
        _stop.Dispose();
    }

    private void Break(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = true;
        _stop.Cancel();
    }
}
