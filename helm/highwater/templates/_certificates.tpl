{{/*
A secret that the chart makes by itself, kept over upgrades: as dict with "object", and "ca" for who has to believe it. It is
made anew when the names change, or when it is within renewBeforeDays of its end. Then the authority before goes on being
believed beside the new one, until every replica has read its new certificate.
In: root, name, days, renewBeforeDays, and whether there is to be one for a client.
*/}}
{{- define "highwater.generatedSecret" -}}
{{- $names := include "highwater.serviceNames" .root }}
{{- $dns := list }}
{{- range splitList "," $names }}
  {{- $dns = append $dns . }}
{{- end }}
{{- $cn := first $dns }}
{{- $now := now | unixEpoch | int64 }}
{{- $before := lookup "v1" "Secret" .root.Release.Namespace .name }}
{{- $notes := dig "metadata" "annotations" dict ($before | default dict) | default dict }}
{{- $data := dict }}
{{- $renew := "" }}
{{- if and $before (eq (get $notes "highwater.io/names") $names) (gt (get $notes "highwater.io/renew-after" | int64) $now) }}
  {{- $data = $before.data }}
  {{- $renew = get $notes "highwater.io/renew-after" }}
{{- else }}
  {{- $ca := genCA (printf "%s-ca" $cn) (int .days) }}
  {{- $server := genSignedCert $cn nil $dns (int .days) $ca }}
  {{- $believed := $ca.Cert }}
  {{- with $before }}
    {{- $believed = printf "%s%s" $ca.Cert (index .data "ca.crt" | b64dec) }}
  {{- end }}
  {{- $data = dict "tls.crt" (b64enc $server.Cert) "tls.key" (b64enc $server.Key) "ca.crt" (b64enc $believed) }}
  {{- if .client }}
    {{- $client := genSignedCert (printf "%s-client" $cn) nil (list (printf "%s-client" $cn)) (int .days) $ca }}
    {{- $data = merge $data (dict "client.crt" (b64enc $client.Cert) "client.key" (b64enc $client.Key)) }}
  {{- end }}
  {{- $renew = add $now (mul 86400 (sub (int64 .days) (int64 .renewBeforeDays))) | toString }}
{{- end }}
apiVersion: v1
kind: Secret
type: {{ ternary "Opaque" "kubernetes.io/tls" .client }}
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "highwater.labels" .root | nindent 4 }}
  annotations:
    highwater.io/names: {{ $names | quote }}
    highwater.io/renew-after: {{ $renew | quote }} # seconds since 1970; the first upgrade after it makes a new one
data:
  {{- toYaml $data | nindent 2 }}
{{- end }}

{{- define "highwater.serviceNames" -}}
{{- $service := include "highwater.fullname" . }}
{{- printf "%s.%s.svc,%s.%s.svc.cluster.local" $service .Release.Namespace $service .Release.Namespace }}
{{- end }}
