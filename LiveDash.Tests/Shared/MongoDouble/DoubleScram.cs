using System.Security.Cryptography;
using System.Text;
using MongoDB.Bson;

namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>The server's side of SCRAM-SHA-256 (RFC 7677), for one user.</summary>
internal sealed class DoubleScram(string user, string password)
{
    private const int Iterations = 4096;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
    private readonly Dictionary<int, string> _begun = [];

    public BsonDocument Start(int conversation, BsonDocument command)
    {
        if (command["mechanism"].AsString != "SCRAM-SHA-256") throw MongoFault.Unknown(command["mechanism"].AsString);
        var first = Encoding.UTF8.GetString(command["payload"].AsByteArray)[3..];
        var fields = Fields(first);
        if (fields['n'] != user) throw Denied();
        var server = $"r={fields['r']}{Convert.ToBase64String(RandomNumberGenerator.GetBytes(18))},s={Convert.ToBase64String(_salt)},i={Iterations}";
        _begun[conversation] = first + "," + server;
        return Answer(conversation, server, done: false);
    }

    public BsonDocument Continue(int conversation, BsonDocument command)
    {
        var final = Encoding.UTF8.GetString(command["payload"].AsByteArray);
        if (final.Length == 0) return Answer(conversation, "", done: true);
        if (!_begun.Remove(conversation, out var begun)) throw Denied();
        var proof = Convert.FromBase64String(Fields(final)['p']);
        var message = Encoding.UTF8.GetBytes(begun + "," + final[..final.LastIndexOf(",p=", StringComparison.Ordinal)]);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, _salt, Iterations, HashAlgorithmName.SHA256, 32);
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(SHA256.HashData(clientKey), message);
        for (var i = 0; i < signature.Length; i++) signature[i] ^= clientKey[i];
        if (!CryptographicOperations.FixedTimeEquals(signature, proof)) throw Denied();
        return Answer(conversation, "v=" + Convert.ToBase64String(HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), message)), done: true);
    }

    private static MongoFault Denied() => new(18, "AuthenticationFailed", "Authentication failed.");

    private static Dictionary<char, string> Fields(string text) => text.Split(',').Where(static f => f.Length > 2 && f[1] == '=').ToDictionary(static f => f[0], static f => f[2..]);

    private static BsonDocument Answer(int conversation, string payload, bool done) => new()
    {
        { "conversationId", conversation }, { "done", done }, { "payload", Encoding.UTF8.GetBytes(payload) }, { "ok", 1.0 },
    };
}
