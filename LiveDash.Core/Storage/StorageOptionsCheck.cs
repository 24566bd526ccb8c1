using LiveDash.Core.Mongo;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Storage;

/// <summary>Checks the settings of the store at start and tells all faults at once.</summary>
internal sealed class StorageOptionsCheck : IValidateOptions<StorageOptions>
{
    private const long MinBytes = 16L * 1024 * 1024;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var faults = new List<string>();
        if (!(options.RetentionDays >= 0)) faults.Add("LiveDash:Storage:RetentionDays must be 0 (keep) or a number of days.");
        if (options.MaxBytes != 0 && options.MaxBytes < MinBytes) faults.Add($"LiveDash:Storage:MaxBytes must be 0 (no bound) or at least {MinBytes} (16 MiB).");
        if (options.BallastBytes < 0) faults.Add("LiveDash:Storage:BallastBytes must be 0 (none) or a number of bytes.");
        if (options.ReserveBytes < 0) faults.Add("LiveDash:Storage:ReserveBytes must be 0 (none) or a number of bytes.");
        if (options.SealPoints is < 16 or > 16_777_216) faults.Add("LiveDash:Storage:SealPoints must be from 16 to 16777216.");
        try
        {
            StorageTiers.Of(options.Tiers);
        }
        catch (ArgumentException e)
        {
            faults.Add(e.Message);
        }

        if (options.MongoDB is { Length: > 0 } address && !MongoAddress.TryParse(address, out _, out var fault)) faults.Add($"LiveDash:Storage:MongoDB cannot be used: {fault}.");
        if (options.PostgreSQL is { Length: > 0 } postgres && StorageServices.FaultOfPostgres(postgres) is { } wrong) faults.Add($"LiveDash:Storage:PostgreSQL cannot be used: {wrong}.");
        if (options is { Standby: true, PostgreSQL: null or "" }) faults.Add("LiveDash:Storage:Standby needs LiveDash:Storage:PostgreSQL: the other stores cannot be taken over.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
