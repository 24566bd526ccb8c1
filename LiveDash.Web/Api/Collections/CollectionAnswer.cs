using LiveDash.Core.Collections;

namespace LiveDash.Web.Api.Collections;

/// <summary>A mapped collection as <c>GET /api/collections</c> tells it.</summary>
/// <param name="Name">Its name here.</param>
/// <param name="Connection">Whose.</param>
/// <param name="Collection">Which.</param>
/// <param name="Mode">What is done with it.</param>
/// <param name="State">What is going on; null for nothing.</param>
/// <param name="Read">Documents read since the start.</param>
/// <param name="Refused">Documents that gave no point, or not all, by reason.</param>
/// <param name="LastRefused">The newest of them, by its key.</param>
internal sealed record CollectionAnswer(
    string Name, string Connection, string Collection, CollectionMode Mode, string? State, long Read, IReadOnlyDictionary<string, long> Refused, string? LastRefused)
{
    /// <summary>Takes it from the account.</summary>
    public static CollectionAnswer Of(CollectionMap map, CollectionAccount account) => new(
        map.Name, map.Connection, map.Collection, map.Mode, account.State, account.Read, account.Refused.ToDictionary(static one => one.Reason, static one => one.Count), account.LastRefused);
}
