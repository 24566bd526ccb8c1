using System.Net;
using LiveDash.Core.Configuration;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Web.Security;
using Microsoft.AspNetCore.Connections;

namespace LiveDash.Web.Listeners;

/// <summary>Registers what listens beside the main port.</summary>
internal static class ListenerServices
{
    /// <summary>Checks the settings and adds the host of the listeners.</summary>
    /// <exception cref="SettingsException">A setting cannot be read, or asks for an address beyond the loopback while that is not allowed.</exception>
    public static void AddListeners(this WebApplicationBuilder builder)
    {
        var faults = ListenerBoard.Faults(builder.Configuration).ToList();
        var state = SecurityState.Read(builder.Configuration);
        foreach (var spec in ListenerSpec.All)
        {
            var options = ListenerBoard.Read(builder.Configuration, spec);
            if (options.Endpoint is { Length: > 0 } endpoint && RemoteFault(state, spec, options, endpoint) is { } fault) faults.Add($"{ListenerBoard.Section(spec)}:Endpoint {fault}");
        }

        if (faults.Count > 0) throw new SettingsException(faults);
        // After Kestrel's own, so that this one is taken.
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, BlockPoolFactory>();
        builder.Services.AddSingleton<OtlpParts>();
        builder.Services.AddSingleton<ListenerHost>();
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<ListenerHost>());
    }

    /// <summary>What is wrong with an endpoint that other machines can reach; null for one of the loopback.</summary>
    public static string? RemoteFault(SecurityState state, ListenerSpec spec, ListenerOptions options, string endpoint) =>
        state.ListensAnywhere || options.AllowedNetworks.Count > 0 || !ListenerEndpoint.TryParse(endpoint, out var parsed) || IPAddress.IsLoopback(parsed.Address)
            ? null
            : $"asks to listen on '{endpoint}', which other machines can reach, and this protocol asks nobody for a key: anybody there could send points. Listen on 127.0.0.1, "
                + $"or name the networks of your senders in {ListenerBoard.Section(spec)}:AllowedNetworks.";
}
