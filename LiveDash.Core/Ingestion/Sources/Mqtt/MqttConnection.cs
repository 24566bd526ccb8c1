using System.Net.Sockets;
using LiveDash.Core.Ingestion.Sources.Setups;
using MQTTnet;
using MQTTnet.Exceptions;

namespace LiveDash.Core.Ingestion.Sources.Mqtt;

/// <summary>Connects to a broker, and says in plain words why not. Stateless.</summary>
internal static class MqttConnection
{
    /// <summary>Begins the options of a connection to the host and port that somebody set up, with their user.</summary>
    public static MqttClientOptionsBuilder To(SourceValues values)
    {
        var options = new MqttClientOptionsBuilder().WithTcpServer(values.Text("host"), (int)values.Number("port")).WithTimeout(TimeSpan.FromSeconds(10));
        return values.Text("user").Length > 0 ? options.WithCredentials(values.Text("user"), values.Text("password")) : options;
    }

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">The broker cannot be reached, or refuses.</exception>
    public static async Task ConnectAsync(IMqttClient client, MqttClientOptionsBuilder options, SourceValues values, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.ConnectAsync(options.Build(), cancellationToken).ConfigureAwait(false);
            if (answer.ResultCode != MqttClientConnectResultCode.Success) throw new IOException($"The broker refused the connection: {answer.ResultCode}.");
        }
        catch (MqttCommunicationException exception) when (exception.GetBaseException() is SocketException socket)
        {
            // The library's own text names no host that people know, such as Unspecified/127.0.0.1:1883.
            throw new IOException($"{values.Text("host")}:{values.Number("port")} cannot be reached: {new SocketException((int)socket.SocketErrorCode).Message}.", exception);
        }
    }
}
