using System.Text.Json;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Configuration;

/// <summary>
/// How the store downsamples, kept over restarts. Where <c>LiveDash:Storage:Tiers</c> is set, that stands and nothing can be changed here. All members are thread-safe.
/// </summary>
public sealed partial class TierSettingsBook(IDocumentStore documents, IStoreTiers store, StorageOptions options, ILogger<TierSettingsBook> logger) : IDisposable
{
    private const string Kind = "settings";
    private const string Id = "tiers";

    private readonly SemaphoreSlim _saving = new(1, 1);
    private volatile TierSettings _current = new() { Tiers = [.. options.Tiers], IsConfigured = options.Tiers.Count > 0 };

    /// <summary>Raised after <see cref="Current"/> has changed, on the thread of whoever changed it. Carries nothing: read the newest.</summary>
    public event Action? Changed;

    /// <summary>What is in force.</summary>
    public TierSettings Current => _current;

    /// <summary>Takes over what was kept. Settings that cannot be read any more are reported, and nothing is downsampled until they are saved anew.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_current.IsConfigured || await documents.GetAsync(Kind, Id, cancellationToken) is not { } body) return;
        if (Read(body) is not { } kept || StorageTiers.Faults(kept.Tiers).Count > 0)
        {
            LogUnreadable(logger);
            return;
        }

        Take(kept);
    }

    /// <summary>Checks the settings, keeps them on disk and then puts them in force.</summary>
    /// <param name="settings">What shall stand.</param>
    /// <param name="cancellationToken">Ends the wait for others that save; what is being written is written and put in force.</param>
    /// <param name="by">Who or what changes them, for the log.</param>
    /// <returns>The faults; where there are any, nothing was changed.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    public async Task<IReadOnlyList<SettingFault>> SaveAsync(TierSettings settings, CancellationToken cancellationToken, string by = "the API")
    {
        if (_current.IsConfigured) return [new("tiers", "They stand in the configuration (LiveDash:Storage:Tiers); take them out there to change them here.")];
        var faults = StorageTiers.Faults(settings.Tiers);
        if (faults.Count > 0) return [.. faults.Select(static fault => new SettingFault(fault.At < 0 ? "tiers" : $"tiers[{fault.At}].{fault.Field.ToLowerInvariant()}", fault.Detail))];
        settings = settings with { IsConfigured = false };
        await _saving.WaitAsync(cancellationToken);
        try
        {
            // What is on disk comes in force at the next start, so who gives up meanwhile must not part the two.
            await documents.ApplyAsync([new DocumentChange(Kind, Id, JsonSerializer.SerializeToUtf8Bytes(settings, JsonSerializerOptions.Web))], CancellationToken.None);
            Take(settings);
        }
        finally
        {
            _saving.Release();
        }

        LogSaved(logger, by, settings.Tiers.Count == 0 ? "none" : string.Join("; ", settings.Tiers.Select(static one => $"{one.Series}: {one.Keep}")));
        Changed?.Invoke();
        return [];
    }

    /// <inheritdoc/>
    public void Dispose() => _saving.Dispose();

    private void Take(TierSettings settings)
    {
        store.Use(StorageTiers.Of([.. settings.Tiers]));
        _current = settings;
    }

    private static TierSettings? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<TierSettings>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(1402, LogLevel.Error, "The kept settings of downsampling cannot be read; no series is downsampled until they are saved anew")]
    private static partial void LogUnreadable(ILogger logger);

    [LoggerMessage(1403, LogLevel.Information, "Downsampling was changed by {Who}: {Tiers}")]
    private static partial void LogSaved(ILogger logger, string who, string tiers);
}
