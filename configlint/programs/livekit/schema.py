"""The keys that LiveKit's programs read, of all versions known here together.

Sources: livekit-server pkg/config/config.go, mediatransportutil pkg/rtcconfig, protocol redis and webhook; egress
pkg/config/base.go and service.go; ingress and sip pkg/config/config.go.
"""

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


Schema = Mapping[str, frozenset[str]]
"""Every key at the top of a file, with the keys below it. Without any, what stands below is not looked at."""

_ANY: frozenset[str] = frozenset()

SERVER: Schema = dict.fromkeys(
    _words(
        "port bind_addresses prometheus_port debug_handler environment rtc redis audio video key_file keys region"
        " signal_relay psrpc log_level logging limit node_selector agents development metric trace node_stats sip"
        " enable_data_tracks enable_participant_data_blob api"
    ),
    _ANY,
) | {
    "prometheus": _words("port username password"),
    "ingress": _words("rtmp_base_url whip_base_url"),
    "webhook": _words("urls api_key url_notifier resource_url_notifier filter_params"),
    "turn": _words(
        "enabled domain cert_file key_file tls_port udp_port relay_range_start relay_range_end external_tls"
        " bind_addresses ttl_seconds"
    ),
    "room": _words(
        "auto_create enabled_codecs max_participants empty_timeout departure_timeout enable_remote_unmute"
        " playout_delay sync_streams create_room_enabled create_room_timeout create_room_attempts max_metadata_size"
        " max_room_name_length max_participant_identity_length room_configurations participant_disconnect_timeout"
    ),
}

_SHARED = "redis api_key api_secret ws_url logging log_level health_port prometheus_port cluster_id node_id"

EGRESS: Schema = dict.fromkeys(
    _words(
        f"{_SHARED} template_base template_port template_address backup_storage enable_chrome_sandbox s3 azure gcp"
        " alioss storage backup session_limits insecure debug debug_handler_port cpu_cost max_upload_queue"
        " disallow_local_storage enable_room_composite_sdk_source io_create_timeout io_update_timeout io_workers"
        " io_selection_timeout s3_assume_role_key s3_assume_role_secret s3_assume_role_arn local_directory"
        " s3_assume_role_external_id s3_allow_request_assume_role_external_id chrome_flags latency latency_overrides"
        " audio_tempo_controller max_pulse_clients"
    ),
    _ANY,
)

INGRESS: Schema = dict.fromkeys(
    _words(
        f"{_SHARED} debug_handler_port rtmp_port whip_port http_relay_port development whip_proxy_enabled rtc_config"
        " enable_stream_latency_reduction service_name"
    ),
    _ANY,
) | {
    "cpu_cost": _words("rtmp_cpu_cost whip_cpu_cost whip_bypass_transcoding_cpu_cost url_cpu_cost min_idle_ratio"),
}

SIP: Schema = dict.fromkeys(
    _words(
        f"{_SHARED} pprof_port sip_port sip_port_listen sip_hostname outbound_route_headers sip_ringing_interval tcp"
        " tls rtp_port max_cpu_utilization max_active_calls sip_trunk_ids use_external_ip local_net nat_1_to_1_ip"
        " listen_ip udp_max_payload media_use_external_ip media_nat_1_to_1_ip media_timeout media_timeout_initial"
        " symmetric_rtp rtp_draining_idle_timeout rtp_draining_duration ignore_local_addr_in_sdp codecs"
        " hide_inbound_port disable_rejected_invite_cache add_record_route audio_dtmf enable_jitter_buffer"
        " enable_jitter_buffer_prob enable_opus opus jaeger_url experimental"
    ),
    _ANY,
)

SIDES: Mapping[str, Schema] = {"egress": EGRESS, "ingress": INGRESS, "sip": SIP}
