using System.Text.Json;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Configuration;

/// <summary>
/// The window settings in force: one for the whole app, kept over restarts. Whoever shows or uses them reads <see cref="Plan"/> and listens to
/// <see cref="Changed"/>. All members are thread-safe.
/// </summary>
public sealed partial class WindowSettingsBook(IDocumentStore documents, ILogger<WindowSettingsBook> logger) : IDisposable
{
    private const string Kind = "settings";
    private const string Id = "windows";
    private readonly SemaphoreSlim _saving = new(1, 1);
    private volatile WindowPlan _plan = new(WindowSettings.Initial);

    /// <summary>Raised after <see cref="Plan"/> has changed, on the thread of whoever changed it, outside locks. Carries nothing: read the newest.</summary>
    public event Action? Changed;

    /// <summary>What the settings mean now.</summary>
    public WindowPlan Plan => _plan;

    /// <summary>What the user wrote.</summary>
    public WindowSettings Current => _plan.Settings;

    /// <summary>Takes over what was kept. Settings that cannot be read any more are reported, and the initial ones stand until they are saved anew.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await documents.GetAsync(Kind, Id, cancellationToken) is not { } body) return;
        var kept = TryRead(body);
        if (kept is null)
        {
            LogUnreadable(logger);
            return;
        }

        _plan = new WindowPlan(kept);
        Changed?.Invoke();
    }

    /// <summary>Checks the settings, keeps them on disk and then lets them stand for everybody.</summary>
    /// <returns>The faults; where there are any, nothing was changed.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    public async Task<IReadOnlyList<SettingFault>> SaveAsync(WindowSettings settings, CancellationToken cancellationToken)
    {
        var faults = WindowSettingsValidator.Validate(settings);
        if (faults.Count > 0) return faults;
        var plan = new WindowPlan(settings);
        var body = JsonSerializer.SerializeToUtf8Bytes(settings, JsonSerializerOptions.Web);
        await _saving.WaitAsync(cancellationToken);
        try
        {
            await documents.ApplyAsync([new DocumentChange(Kind, Id, body)], cancellationToken);
            _plan = plan;
        }
        finally
        {
            _saving.Release();
        }

        Changed?.Invoke();
        return faults;
    }

    /// <inheritdoc/>
    public void Dispose() => _saving.Dispose();

    private static WindowSettings? TryRead(byte[] body)
    {
        try
        {
            var settings = JsonSerializer.Deserialize<WindowSettings>(body, JsonSerializerOptions.Web);
            return settings is not null && WindowSettingsValidator.Validate(settings).Count == 0 ? settings : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(1401, LogLevel.Error, "The kept window settings cannot be read; every series has the last 500 points until they are saved anew")]
    private static partial void LogUnreadable(ILogger logger);
}
