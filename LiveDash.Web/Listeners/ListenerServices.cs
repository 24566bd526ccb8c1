using System.Net;
using LiveDash.Core.Configuration;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Web.Security;

namespace LiveDash.Web.Listeners;

/// <summary>Registers what listens beside the main port.</summary>
internal static class ListenerServices
{
    /// <summary>Checks the settings and adds the host of the listeners.</summary>
    /// <exception cref="SettingsException">A setting cannot be read, or asks for an address beyond the loopback while that is not allowed.</exception>
    public static void AddListeners(this WebApplicationBuilder builder)
    {
        var faults = ListenerBoard.Faults(builder.Configuration).ToList();
        var remote = builder.Configuration.GetSection(SecurityOptions.Section).GetValue<bool>(nameof(SecurityOptions.AllowRemote));
        foreach (var spec in ListenerSpec.All)
        {
            var endpoint = ListenerBoard.Read(builder.Configuration, spec).Endpoint;
            if (!remote && endpoint is { Length: > 0 } && RemoteFault(endpoint) is { } fault) faults.Add($"{ListenerBoard.Section(spec)}:Endpoint {fault}");
        }

        if (faults.Count > 0) throw new SettingsException(faults);
        builder.Services.AddSingleton<OtlpParts>();
        builder.Services.AddSingleton<ListenerHost>();
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<ListenerHost>());
    }

    /// <summary>What is wrong with an endpoint that other machines can reach; null for one of the loopback.</summary>
    public static string? RemoteFault(string endpoint) =>
        !ListenerEndpoint.TryParse(endpoint, out var parsed) || IPAddress.IsLoopback(parsed.Address)
            ? null
            : $"asks to listen on '{endpoint}', which other machines can reach: anybody there could send points. Listen on 127.0.0.1, or set {SecurityOptions.Section}:AllowRemote=true.";
}
