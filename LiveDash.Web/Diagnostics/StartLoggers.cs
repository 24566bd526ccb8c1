namespace LiveDash.Web.Diagnostics;

/// <summary>
/// Keeps the host from logging a stack trace above the one line that <see cref="StartFaults"/> says: the host logs what made its start fail and throws
/// it as well. Everything else is logged as it comes. Thread-safe.
/// </summary>
internal sealed class StartLoggers(ILoggerFactory inner) : ILoggerFactory
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        var logger = inner.CreateLogger(categoryName);
        return categoryName == Host ? new StartLogger(logger) : logger;
    }

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
